#pragma once

#include <QByteArrayView>
#include <QStringView>

namespace dialogue {

/** What a Filter may ask of an event, where it lies; nothing of it is copied. */
struct FilterRow
{
    // Empty: the event has none, which is not the same as an empty text.
    QStringView room = {};
    QStringView event = {};
    QStringView from = {};
    QStringView key = {};
    QStringView node = {};
    // Negative: it has none.
    qint64 offset = -1;
    qint64 size = -1; ///< Bytes of the event as it travels, also where its data is not here.
    qint64 time = -1; ///< Milliseconds since the Unix epoch.
    // JSON, UTF-8. What is none is as if it were not there, like what is empty.
    QByteArrayView data = {};
    QByteArrayView meta = {};
};

} // namespace dialogue
