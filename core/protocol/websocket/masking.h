#pragma once

#include <QByteArrayView>

namespace dialogue {

/** RFC 6455, section 5.3, there and back: \a bytes into \a out, which is as long. \a maskingKey has four
 * bytes; \a at: how many bytes of the frame's payload came before. Eight bytes at a time. */
void mask(QByteArrayView bytes, const uchar *maskingKey, quint32 at, char *out);

} // namespace dialogue
