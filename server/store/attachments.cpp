#include "server/store/attachments.h"

#include <QtEndian>

#include <array>

namespace dialogue::store {

namespace {

constexpr qsizetype LengthSize = 4;

} // namespace

QByteArray packAttachments(const QList<QByteArray> &attachments)
{
    QByteArray packed;
    for (const QByteArray &each : attachments) {
        std::array<char, LengthSize> length;
        qToBigEndian(static_cast<quint32>(each.size()), length.data());
        packed.append(length.data(), LengthSize).append(each);
    }
    return packed;
}

Result<QList<QByteArray>> unpackAttachments(QByteArrayView packed)
{
    QList<QByteArray> attachments;
    while (!packed.isEmpty()) {
        if (packed.size() < LengthSize)
            return Error{ErrorCode::IoError, QStringLiteral("An attachment ends within its length")};
        const auto length = qsizetype(qFromBigEndian<quint32>(packed.data()));
        packed = packed.sliced(LengthSize);
        if (length > packed.size()) {
            return Error{
                ErrorCode::IoError,
                QStringLiteral("An attachment of %1 bytes ends after %2").arg(length).arg(packed.size())};
        }
        attachments.append(packed.first(length).toByteArray());
        packed = packed.sliced(length);
    }
    return attachments;
}

} // namespace dialogue::store
