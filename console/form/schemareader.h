#pragma once

#include <QCoreApplication>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace dialogue::console {

/** A schema with what it refers to within its document, and with its allOf, as one. */
struct FlatSchema
{
    QJsonObject schema = {};
    QString obstacle = {}; ///< Why it could not be made; empty: it could.
};

/**
 * Makes of the parts of a JSON Schema document (draft 2020-12 or 7) what a form can be built from. What it
 * leaves out, such as the second of two patterns, a validator still holds data to. Bounded in steps, so that
 * references in a circle end.
 */
class SchemaReader
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::SchemaReader)
public:
    explicit SchemaReader(const QJsonObject &document);

    [[nodiscard]] FlatSchema flattened(const QJsonValue &schema) const;

private:
    struct Work;
    void add(const QJsonValue &schema, Work &work) const;
    [[nodiscard]] QJsonValue referred(const QString &reference) const;

    QJsonObject m_document;
    bool m_isDraft7;
};

} // namespace dialogue::console
