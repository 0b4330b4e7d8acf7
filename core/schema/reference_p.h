#pragma once

#include <QJsonObject>
#include <QString>

namespace dialogue::schema {

// References within a document: `#` and a JSON pointer (RFC 6901), such as `#/definitions/name`.

/** \a pointer, and from there on to the member, or the item, \a key. */
QString pointerTo(const QString &pointer, QString key);

/** The pointer in \a reference, which begins with `#`. */
QString pointerOf(const QString &reference);

/** The value \a reference leads to in \a root, or undefined. */
QJsonValue resolveReference(const QJsonObject &root, const QString &reference);

} // namespace dialogue::schema
