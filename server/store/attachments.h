#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace dialogue::store {

/** Each with its length before it, four bytes, the highest first; empty: there are none. */
[[nodiscard]] QByteArray packAttachments(const QList<QByteArray> &attachments);
[[nodiscard]] Result<QList<QByteArray>> unpackAttachments(QByteArrayView packed);

} // namespace dialogue::store
