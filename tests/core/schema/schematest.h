#pragma once

#include "core/schema/schema.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <string_view>

namespace dialogue {

/** JSON from text; strings may be in single quotes. */
inline QJsonValue fromText(QByteArray text)
{
    const QJsonDocument document = QJsonDocument::fromJson("[" + text.replace('\'', '"') + "]");
    return document.array().at(0);
}

inline std::string_view view(const QByteArray &text)
{
    return {text.data(), static_cast<std::size_t>(text.size())};
}

/** The schema that \a document, in such JSON, describes. */
inline Schema compiled(const QByteArray &document)
{
    const Result<Schema> schema = Schema::fromJson(fromText(document).toObject());
    if (!schema)
        qFatal("%s", qPrintable(schema.error().text()));
    return *schema;
}

/** Whether \a text, checked JSON, fits in so many steps. */
inline Result<void> admitted(const Schema &schema, const QByteArray &text, int steps)
{
    JsonData data = JsonData::fromText(text);
    return schema.admit(data, {}, steps);
}

} // namespace dialogue
