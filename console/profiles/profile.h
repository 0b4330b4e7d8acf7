#pragma once

#include "client/clientconfig.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <QUrl>

namespace dialogue::console {

/** A server, and how we come into its /admin. The password is not part of it (Secrets). */
struct Profile
{
    /** How careful one is to be there. */
    enum class Kind {
        Development,
        Staging,
        Production, ///< Before something is done the profile's name is to be typed.
    };

    QString id = {}; ///< Of it alone, whatever its name.
    QString name = {};
    QString folder = {}; ///< Empty: in none.
    Kind kind = Kind::Development;
    QUrl url = {};
    QString account = {}; ///< Empty: by the token in tokenFile.
    QString tokenFile = {}; ///< That a server has made (`admin.token: generate`).
    QString caFile = {}; ///< PEM; empty: the system's.
    QString certificateFile = {}; ///< Our own, PEM.
    QString keyFile = {}; ///< Of it, PEM.
    QString fingerprint = {}; ///< SHA-256 of the server's certificate, hexadecimal, one that signs itself;
                              ///< empty: an authority has signed it.
    QUrl proxy = {}; ///< http or socks5; empty: the system's.

    QJsonObject others = {}; ///< Members that this version does not know: they are kept.

    [[nodiscard]] bool isByToken() const { return account.isEmpty(); }
    /** What is to be typed; empty: nothing. */
    [[nodiscard]] QString phrase() const { return kind == Kind::Production ? name : QString(); }
    /** In the clear, to another machine. */
    [[nodiscard]] bool isPlain() const;

    /** InvalidRequest with the member in `path`. */
    [[nodiscard]] Result<void> check() const;
    [[nodiscard]] QJsonObject toJson() const;
    /** InvalidRequest likewise: also for what is no profile. */
    [[nodiscard]] static Result<Profile> fromJson(const QJsonObject &json);

    friend bool operator==(const Profile &, const Profile &) = default;
};

/** How to connect, with \a password where there is an account. IoError names a file that cannot be read, or
 * has not what it should. */
[[nodiscard]] Result<ClientConfig> clientConfigOf(const Profile &profile, const QString &password);

/** Of the SHA-256 of a certificate: small letters, without colons and blanks. */
[[nodiscard]] QString plainFingerprint(const QString &text);

} // namespace dialogue::console
