#pragma once

#include <QJsonValue>
#include <QString>

namespace dialogue::schema {

// How a violation's path and message name what is in the data and in the schema.

QString memberPath(const QString &path, const QString &key);
QString itemPath(const QString &path, qsizetype index);

/** \a text, cut off where it is too long for a message. */
QString shortened(const QString &text);

/** A value of the JSON Schema type \a type, as in "must be a string". */
QString typeText(QStringView type);

/** \a value itself, as in "must be 5"; of an array or object, only that it is one. */
QString valueText(const QJsonValue &value);

/** What \a value is, as the second half of "must be a string, not ...". */
QString kindText(const QJsonValue &value);

/** "1 item", "2 items". */
QString counted(qint64 count, const QString &one, const QString &many);

} // namespace dialogue::schema
