#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QString>

namespace dialogue::jwt {

inline constexpr qsizetype LongestToken = 8192; ///< Bytes.
inline constexpr qsizetype LongestKeyId = 256; ///< Bytes of UTF-8.

/** Whether \a text has the form of a token, three parts of base64url, good or bad; so that it is nobody
 * else's credential. */
[[nodiscard]] bool looksLikeToken(QByteArrayView text);

/** \a text without padding, and as it would be written again; nothing else stands for the same bytes. */
[[nodiscard]] Result<QByteArray> fromBase64Url(QByteArrayView text);
[[nodiscard]] QByteArray toBase64Url(const QByteArray &bytes);

/** A token taken apart (RFC 7515, section 7.1), of which nothing is believed yet. */
struct Token
{
    // As they stand in the text, for the signature.
    QByteArray header;
    QByteArray payload;
    QByteArray signature;

    QString algorithm; ///< What its header says. It chooses among the keys there are, and no more.
    QString keyId = {}; ///< `kid`, the same; empty: none.
    QJsonObject claims = {};

    /**
     * Unauthorized, with the reason, for what is no token, or none that may be taken whoever has signed it: a
     * header that has to be understood (`crit`), or that is of another kind (`typ`). `jku`, `jwk`, `x5u` and
     * `x5c`, which would name a key, are not looked at.
     */
    [[nodiscard]] static Result<Token> parse(QByteArrayView text);
};

} // namespace dialogue::jwt
