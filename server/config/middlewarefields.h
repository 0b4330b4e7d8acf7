#pragma once

#include "server/config/field.h"

#include <QJsonObject>

namespace dialogue::config {

// The tables of `middleware`, in which each step is a name, or a map of its name and what it takes.

Fields<EventLogger> loggerFields();
Fields<ContentFilter> contentFilterFields();
Fields<Webhook> webhookFields();

/** What there is to say of `middleware` as a whole, and of that of a room. */
QString middlewareDoc();
QString roomMiddlewareDoc();
/** And of its steps, in the order of MiddlewareConfig. */
struct MiddlewareDoc
{
    QString name;
    QString doc;
};
QList<MiddlewareDoc> middlewareDocs();

} // namespace dialogue::config
