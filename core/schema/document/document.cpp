#include "core/schema/document/document_p.h"

#include "core/schema/document/assertions_p.h"
#include "core/schema/document/membernames_p.h"
#include "core/schema/document/place_p.h"
#include "core/schema/document/referencegraph_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QScopedValueRollback>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr int kMaxSchemaDepth = 64;

bool holdsTrees(const QJsonArray &values)
{
    return std::ranges::any_of(values,
                               [](const QJsonValue &value) { return value.isArray() || value.isObject(); });
}

/** Walks a document once: checks it, writes the reduced copy, and notes what leads where. */
class DocumentReader
{
public:
    Result<Document> read(const QJsonObject &document);

private:
    QJsonValue schema(const QJsonValue &value, const Place &place);
    void readMaps(const QJsonObject &from, const Place &place, QJsonObject &to);
    void readSubschemas(const QJsonObject &from, const Place &place, QJsonObject &to);
    void readItems(const QJsonObject &from, const Place &place, QJsonObject &to);
    void readDependencies(const QJsonObject &from, const Place &place, QJsonObject &to);
    void readReference(const QJsonValue &reference, const Place &place, QJsonObject &to);

    void fail(const Place &place, const QString &message) { require(place.error(message)); }
    void require(const Result<void> &done)
    {
        if (!done && !m_error)
            m_error = done.error();
    }

    Document m_document;
    int m_depth = 0; // schemas around the one that is being read
    bool m_counts = false; // the steps of a validation
    std::optional<Error> m_error;
    ReferenceGraph m_graph;
};

Result<Document> DocumentReader::read(const QJsonObject &document)
{
    m_counts = QJsonDocument(document).toJson().contains("\"$ref\"");
    m_document.root = {{u"root"_s, schema(document, {})}};
    if (m_error)
        return *m_error;
    if (const Result<void> references = m_graph.check(); !references)
        return references.error();
    return m_document;
}

QJsonValue DocumentReader::schema(const QJsonValue &value, const Place &place)
{
    if (value.isBool()) {
        m_graph.addSchema(place.pointer);
        return value;
    }
    if (!value.isObject())
        fail(place, u"must be a schema: an object, true or false"_s);
    else if (m_depth > kMaxSchemaDepth)
        fail(place, u"is nested too deeply; at most %1 levels"_s.arg(kMaxSchemaDepth));
    if (m_error)
        return {};
    m_graph.addSchema(place.pointer);

    const QScopedValueRollback depth(m_depth, m_depth + 1);
    const QJsonObject from = value.toObject();
    QJsonObject to;
    readMaps(from, place, to);
    if (from.contains("$ref"_L1)) { // draft 7: what stands beside a reference is ignored
        QJsonObject reference;
        for (const QString &kept : {u"definitions"_s, u"$defs"_s}) {
            if (to.contains(kept))
                reference.insert(kept, to.value(kept));
        }
        readReference(from.value("$ref"_L1), place, reference);
        return reference;
    }
    readSubschemas(from, place, to);
    separateMemberNames(place.pointer, to);
    readItems(from, place, to);
    readDependencies(from, place, to);
    require(readAssertions(from, place, to));
    if (to.contains("dialogue:uniqueItems"_L1) || holdsTrees(to.value("dialogue:enum"_L1).toArray()))
        m_document.walksData = true; // They compare whole values.
    if (m_counts)
        to.insert("dialogue:step"_L1, true);
    return to;
}

void DocumentReader::readMaps(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    for (const QString &keyword : {u"properties"_s, u"patternProperties"_s, u"definitions"_s, u"$defs"_s}) {
        const QJsonValue value = from.value(keyword);
        if (value.isUndefined())
            continue;
        const Place here = place.member(keyword);
        if (!value.isObject()) {
            fail(here, u"must be an object whose members are schemas"_s);
            return;
        }
        QJsonObject map;
        const QJsonObject members = value.toObject();
        for (auto it = members.constBegin(); it != members.constEnd() && !m_error; ++it) {
            if (it.key().contains(QChar::Null))
                fail(here, u"must not have a NUL in a name"_s);
            if (keyword == "patternProperties"_L1)
                require(checkPattern(it.key(), here));
            map.insert(it.key(), schema(it.value(), here.member(it.key())));
        }
        to.insert(keyword, map);
    }
}

void DocumentReader::readSubschemas(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    for (const QString &keyword : {u"additionalProperties"_s, u"additionalItems"_s, u"propertyNames"_s,
                                   u"contains"_s, u"not"_s, u"if"_s, u"then"_s, u"else"_s}) {
        if (!from.contains(keyword) || m_error)
            continue;
        const Place target = place.member(keyword);
        to.insert(keyword, schema(from.value(keyword), target));
        if (keyword == "not"_L1 || keyword == "if"_L1 || keyword == "then"_L1 || keyword == "else"_L1)
            m_graph.addSameValue(place.pointer, target.pointer);
    }
    for (const QString &keyword : {u"allOf"_s, u"anyOf"_s, u"oneOf"_s}) {
        const QJsonValue value = from.value(keyword);
        if (value.isUndefined() || m_error)
            continue;
        const Place here = place.member(keyword);
        if (!value.isArray() || value.toArray().isEmpty()) {
            fail(here, u"must be a list of at least one schema"_s);
            return;
        }
        QJsonArray list;
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size() && !m_error; ++i) {
            const Place target = here.item(i);
            list.append(schema(array[i], target));
            m_graph.addSameValue(place.pointer, target.pointer);
        }
        to.insert(keyword, list);
    }
}

void DocumentReader::readItems(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    const QJsonValue value = from.value("items"_L1);
    if (value.isUndefined() || m_error)
        return;
    const Place here = place.member(u"items"_s);
    if (!value.isArray()) {
        to.insert("items"_L1, schema(value, here));
        return;
    }
    QJsonArray list;
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size() && !m_error; ++i)
        list.append(schema(array[i], here.item(i)));
    to.insert("items"_L1, list);
}

void DocumentReader::readDependencies(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    const QJsonValue value = from.value("dependencies"_L1);
    if (value.isUndefined() || m_error)
        return;
    const Place here = place.member(u"dependencies"_s);
    if (!value.isObject()) {
        fail(here, u"must be an object whose members are lists of names, or schemas"_s);
        return;
    }
    QJsonObject map;
    const QJsonObject members = value.toObject();
    for (auto it = members.constBegin(); it != members.constEnd() && !m_error; ++it) {
        if (isNameList(it.value())) {
            map.insert(it.key(), it.value());
            continue;
        }
        const Place target = here.member(it.key());
        map.insert(it.key(), schema(it.value(), target));
        m_graph.addSameValue(place.pointer, target.pointer);
    }
    to.insert("dependencies"_L1, map);
}

void DocumentReader::readReference(const QJsonValue &reference, const Place &place, QJsonObject &to)
{
    const Place here = place.member(u"$ref"_s);
    const QString text = reference.toString();
    if (!reference.isString() || text.isEmpty()) {
        fail(here, u"must be a reference within the document, such as \"#/definitions/name\""_s);
        return;
    }
    if (!text.startsWith(u'#') || (text.size() > 1 && text[1] != u'/')) {
        fail(here,
             u"\"%1\" leads out of the document; only references within it are followed, such as "
             "\"#/definitions/name\""_s.arg(text.left(100)));
        return;
    }
    const QString target = pointerOf(text);
    m_graph.addReference(place.pointer, target, here);
    m_document.walksData = true;
    to.insert("$ref"_L1, u"#/root"_s + target);
}

} // namespace

Result<Document> checkDocument(const QJsonObject &document) { return DocumentReader().read(document); }

} // namespace dialogue::schema
