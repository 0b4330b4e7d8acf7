#include "server/tls/tlsfault.h"

#include <openssl/err.h>

namespace dialogue::tls {

QString takeFault()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char *const reason = ERR_reason_error_string(code);
    return reason ? QString::fromLatin1(reason) : QStringLiteral("the connection has ended");
}

} // namespace dialogue::tls
