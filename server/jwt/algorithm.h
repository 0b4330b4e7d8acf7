#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <span>

namespace dialogue::jwt {

enum class KeyKind {
    Secret, ///< "oct": whoever checks can sign, too.
    Rsa,
    Curve, ///< "EC"
};

/** One of RFC 7518, section 3.1, and what its keys have to be. `none` is not among them. */
struct Algorithm
{
    QLatin1StringView name;
    KeyKind kind;
    qsizetype signatureSize; ///< Bytes; 0: as long as the key.
    QLatin1StringView curve = {}; ///< "P-256"

    /** Of a secret: bytes at least, as long as the hash (RFC 7518, section 3.2). */
    [[nodiscard]] qsizetype secretSize() const { return kind == KeyKind::Secret ? signatureSize : 0; }
};

[[nodiscard]] std::span<const Algorithm> algorithms();
[[nodiscard]] const Algorithm *algorithmNamed(QStringView name); ///< By its exact name; null: none such.

} // namespace dialogue::jwt
