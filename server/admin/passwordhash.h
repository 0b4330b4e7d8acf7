#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace dialogue::admin {

/**
 * The hash of a password by scrypt (RFC 7914), as text: "$scrypt$ln=15,r=8,p=1$SALT$HASH", with salt and hash
 * in base64 without padding, as the PHC string format has it. To compare takes some 50 ms and 32 MiB: not in
 * the hub.
 */
class PasswordHash
{
public:
    /** With a new salt. */
    [[nodiscard]] static PasswordHash of(QByteArrayView password);
    /** ConfigError, also where it would take more than a server should spend on it. */
    [[nodiscard]] static Result<PasswordHash> parse(QByteArrayView text);

    [[nodiscard]] bool matches(QByteArrayView password) const;
    [[nodiscard]] QByteArray text() const;

private:
    /** What the work factors are: memory is 128 * r * 2^ln bytes. */
    struct Cost
    {
        int ln = 15;
        int r = 8;
        int p = 1;
    };
    PasswordHash() = default;
    [[nodiscard]] static QByteArray derive(QByteArrayView password, const QByteArray &salt, const Cost &cost,
                                           qsizetype size);

    Cost m_cost;
    QByteArray m_salt;
    QByteArray m_hash;
};

} // namespace dialogue::admin
