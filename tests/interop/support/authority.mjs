// A certificate authority for one test, made by the openssl of the command line, and what it signs.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export function makeAuthority(folder) {
  const at = (name) => join(folder, name);
  const openssl = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  openssl("req", "-x509", ...newKey, "-days", "3", "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Test");
  return {
    certificate: at("ca.crt"),
    /** For the subject "/CN=ann", and other names such as "DNS:localhost". The files. */
    sign(name, subject, otherNames) {
      openssl("req", "-new", ...newKey, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", subject);
      writeFileSync(at(`${name}.ext`), otherNames ? `subjectAltName=${otherNames}\n` : "basicConstraints=CA:FALSE\n");
      openssl("x509", "-req", "-in", `${name}.csr`, "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3",
        "-extfile", `${name}.ext`, "-out", `${name}.crt`);
      return { certificate: at(`${name}.crt`), key: at(`${name}.key`) };
    },
  };
}
