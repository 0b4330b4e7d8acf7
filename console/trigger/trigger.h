#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace dialogue::console {

/** An event as somebody has written it. */
struct Trigger
{
    QString event = {};
    QJsonValue data = QJsonValue::Null;
    QJsonObject meta = {};

    friend bool operator==(const Trigger &, const Trigger &) = default;
};

} // namespace dialogue::console
