#pragma once

#include "server/config/issues.h"
#include "server/config/serverconfig.h"

namespace dialogue::config {

/** Read the members `tls.certificates` and `auth.certificates.users` of a configuration, which are lists. */
QList<TlsCertificateConfig> readTlsCertificates(const Node &node, const QString &path, Issues &issues);
QList<CertificateUser> readCertificateUsers(const Node &node, const QString &path, Issues &issues);

/** What is wrong with how the parts of `tls` fit together, to the rest of \a config, and with its files;
 * which are named then as they are found from anywhere. */
void settleTls(ServerConfig &config, const Node &root, Issues &issues);

} // namespace dialogue::config
