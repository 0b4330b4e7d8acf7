#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace dialogue {

/** Who a client is, as values that may be kept and handed on: what ConnectedClient said when it asked. */
struct ClientSnapshot
{
    QString id; ///< Of its connection.
    QString userId;
    bool isVerified = false;
    QJsonObject meta = {};
    QJsonObject claims = {}; ///< What was verified of it.
    QStringList roles = {}; ///< The same.
};

} // namespace dialogue
