#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace dialogue::schema::words {

// How messages for people speak of what is in the data and in the schema.

/** \a text, cut off where it is too long for a message. */
QString shortened(const QString &text);

/** The types of a mask: "a string or null". */
QString types(unsigned mask);

/** Checked JSON as it is, if it is short: "must be 5"; of an array or object only that it is one. */
QString value(QByteArrayView text);

/** What it is: "must be a string, not ...". */
QString kind(QByteArrayView text);

/** "1 item", "2 items". */
QString counted(qsizetype count, const char *what);

/** What a text of the format \a name is: "a date as RFC 3339 writes it". */
QString format(const QString &name);

/** "a, b, c". */
QString list(const QList<QByteArray> &texts);

} // namespace dialogue::schema::words
