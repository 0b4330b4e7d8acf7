#pragma once

#include "client/clientconfig.h"
#include "client/export.h"
#include "core/base/error.h"

#include <QMetaType>
#include <QSslError>

namespace dialogue {

/**
 * Why there is no connection, or not any more: for programs, what `error` says in words. Where several
 * transports were tried, it is what became of the last one.
 */
struct DIALOGUE_CLIENT_EXPORT ConnectionFailure
{
    Q_GADGET
    Q_PROPERTY(Kind kind MEMBER kind)
    Q_PROPERTY(QString text READ text)
    Q_PROPERTY(int httpStatus MEMBER httpStatus)
    Q_PROPERTY(QUrl redirectedTo MEMBER redirectedTo)
public:
    enum class Kind {
        Lost, ///< It was there, and broke.
        HostNotFound, ///< DNS knows no such host, or cannot be asked.
        Unreachable, ///< Nobody listens, or no way leads there.
        TimedOut,
        Tls, ///< `sslErrors` says which certificate, and what is wrong with it.
        Proxy, ///< It cannot be reached, or does not let us through.
        ProxyAuthentication, ///< 407: it wants a user and a password, or others.
        Unauthorized, ///< 401: the HTTP server does.
        HttpStatus, ///< Another answer than 200 and 101: `httpStatus`.
        Redirect, ///< To `redirectedTo`, where we do not go: too often, or from https to http.
        CaptivePortal, ///< A page for people came in place of the server's answer.
        Protocol, ///< What came is none that the protocol allows.
        Refused, ///< The server answered CONNECT with a refusal; `error` has its code.
        Closed, ///< By this client, or by the server, in good order.
        Config, ///< ClientConfig is wrong; nothing was tried.
    };
    Q_ENUM(Kind)

    ConnectionFailure() = default;
    /** Of the kind that its code suggests. */
    ConnectionFailure(Error what);
    ConnectionFailure(Kind which, const QString &message);

    [[nodiscard]] QString text() const { return error.text(); }

    Kind kind = Kind::Lost;
    Error error;
    int httpStatus = 0; ///< Of the answer, where there was one.
    qint64 refusedBytes = 0; ///< Of a message that was too large for a server or a proxy (413).
    QUrl redirectedTo = {};
    QList<QSslError> sslErrors = {}; ///< Each with its certificate.
};

} // namespace dialogue

Q_DECLARE_METATYPE(dialogue::ConnectionFailure)
