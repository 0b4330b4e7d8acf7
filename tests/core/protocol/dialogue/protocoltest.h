#pragma once

#include <QJsonArray>
#include <QJsonDocument>

namespace dialogue::protocol {

/** The value that \a json is. */
inline QJsonValue parse(const QByteArray &json)
{
    return QJsonDocument::fromJson('[' + json + ']').array().at(0);
}

/** A string of \a length characters, in JSON. */
inline QByteArray longText(int length) { return '"' + QByteArray(length, 'x') + '"'; }

} // namespace dialogue::protocol
