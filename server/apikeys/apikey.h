#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <optional>

namespace dialogue::apikeys {

inline constexpr qsizetype LongestId = 32; ///< Characters.

/** Whether \a text is meant as a key, good or bad; so that it is nobody else's credential. */
[[nodiscard]] bool looksLikeApiKey(QByteArrayView text);
/** Small letters, digits and dashes; it may be shown. */
[[nodiscard]] bool isKeyId(QStringView id);

/**
 * What a key says that its bearer has: "dlg_", its id, "_" and 256 random bits in base64url. Only the hash is
 * kept of it: so much randomness nobody finds by trying, and needs no slow hash.
 */
struct ApiKey
{
    QString id;
    QByteArray hash; ///< SHA-256 of the whole text.

    /** Nothing: it is none. */
    [[nodiscard]] static std::optional<ApiKey> parse(QByteArrayView text);
};

/** A new key's text, which nobody has seen yet. */
[[nodiscard]] QByteArray newKeyText(const QString &id);

/** In a time that does not tell how much of them is the same. */
[[nodiscard]] bool isSameHash(const QByteArray &a, const QByteArray &b);

} // namespace dialogue::apikeys
