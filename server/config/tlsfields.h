#pragma once

#include "server/config/field.h"

namespace dialogue::config {

Fields<ServerConfig> tlsFields(); ///< Those of `tls`.
Fields<TlsCertificateConfig> tlsCertificateFields();
QString tlsCertificatesDoc();

Fields<ServerConfig> certificateFields(); ///< Those of `auth.certificates`.
Fields<CertificateUser> certificateUserFields();
QString certificateUsersDoc();

} // namespace dialogue::config
