#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <utility>

namespace dialogue::console {

/**
 * What JSON Schemas say of a place in the data: all that may hold there, by whichever branch (allOf, anyOf,
 * oneOf, then, else) and reference within the document. It is for suggestions: what it does not understand it
 * leaves out, and it looks at so many schemas and no more.
 */
class SchemaPlaces
{
public:
    explicit SchemaPlaces(const QList<QJsonObject> &documents);

    [[nodiscard]] SchemaPlaces member(const QString &name) const;
    [[nodiscard]] SchemaPlaces item(int index) const;

    /** Of objects there, each once, in order. */
    [[nodiscard]] QStringList members() const;
    /** "string", "number", ...; each once. None: nothing is known. */
    [[nodiscard]] QStringList types() const;
    /** Those of enum and const that are no arrays and objects, each once. */
    [[nodiscard]] QList<QJsonValue> values() const;
    [[nodiscard]] QString description() const; ///< The first.

private:
    struct Place
    {
        int document; ///< That references are within.
        QJsonObject schema;
    };

    SchemaPlaces inside() const;
    void add(int document, const QJsonValue &schema, int depth = 0);
    void follow(int document, const QString &reference, int depth);

    QList<QJsonObject> m_documents;
    QList<Place> m_places;
    QSet<std::pair<int, QString>> m_followed; ///< References, each once.
};

} // namespace dialogue::console
