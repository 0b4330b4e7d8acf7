#include "core/schema/schema.h"

#include "core/json/cursor.h"
#include "core/json/parsed.h"
#include "core/schema/admit.h"
#include "core/schema/compile/compiler.h"

#include <QJsonArray>

#include <atomic>
#include <mutex>

using namespace Qt::StringLiterals;

namespace dialogue {

class SchemaPrivate
{
public:
    using Compiled = Result<schema::Compiled>;

    SchemaPrivate(const QJsonObject &json, bool mayBeMissing)
        : document(json)
        , optional(mayBeMissing)
    { }

    SchemaPrivate(const QJsonObject &json, const QByteArray &text, const SchemaSource &source)
        : document(json)
        , optional(false)
    {
        m_compiled = schema::compile(text, source);
        m_isCompiled = true;
    }

    explicit SchemaPrivate(const Error &error)
        : document({{u"not"_s, QJsonObject()}})
        , optional(false)
        , m_compiled(error)
        , m_isCompiled(true)
    { }

    // Compiled at first use: the steps of a fluent chain before the last are never used.
    const Compiled &compiled() const
    {
        // Asked for each event, and call_once() looks into the thread's own storage first.
        if (!m_isCompiled.load(std::memory_order_acquire)) {
            std::call_once(m_once, [this] {
                m_compiled = schema::compile(JsonData(document).text(), {});
                m_isCompiled.store(true, std::memory_order_release);
            });
        }
        return m_compiled;
    }

    Result<void> admit(JsonData &data, const schema::Terms &terms) const
    {
        if (document.isEmpty())
            return {};
        if (const Compiled &mine = compiled())
            return schema::admit(*mine->program, data, terms);
        return Error{.code = ErrorCode::ValidationFailed,
                     .message
                     = u"cannot be checked, its schema is wrong: %1"_s.arg(compiled().error().text()),
                     .path = terms.root};
    }

    const QJsonObject document;
    const bool optional;

private:
    mutable std::once_flag m_once;
    mutable Compiled m_compiled{schema::Compiled()};
    mutable std::atomic<bool> m_isCompiled = false;
};

namespace {

QString firstType(const QJsonObject &document)
{
    const QJsonValue type = document.value("type"_L1);
    return type.isArray() ? type.toArray().first().toString() : type.toString();
}

/** The JSON Schema keyword for a bound ("min", "max") of what \a document describes. */
QString boundKeyword(const QJsonObject &document, const QString &bound)
{
    const QString type = firstType(document);
    if (type == "string"_L1)
        return bound + u"Length"_s;
    if (type == "array"_L1)
        return bound + u"Items"_s;
    if (type == "object"_L1)
        return bound + u"Properties"_s;
    return bound + u"imum"_s;
}

QJsonObject ofType(const QString &type) { return {{u"type"_s, type}}; }

QJsonObject with(QJsonObject document, const QString &keyword, const QJsonValue &value)
{
    document.insert(keyword, value);
    return document;
}

} // namespace

Schema::Schema() = default;

Schema::Schema(const QJsonObject &document, bool optional)
{
    if (!document.isEmpty() || optional)
        d = std::make_shared<SchemaPrivate>(document, optional);
}

Schema Schema::any() { return {}; }

Schema Schema::object(std::initializer_list<Property> properties)
{
    QJsonObject members;
    QJsonArray required;
    for (const auto &[key, schema] : properties) {
        const QString name = QString::fromUtf8(key);
        members.insert(name, schema.toJson());
        if (!schema.isOptional())
            required.append(name);
    }
    QJsonObject document = ofType(u"object"_s);
    document.insert("properties"_L1, members);
    if (!required.isEmpty())
        document.insert("required"_L1, required);
    return Schema(document);
}

Schema Schema::array(const Schema &items)
{
    QJsonObject document = ofType(u"array"_s);
    if (!items.isEmpty())
        document.insert("items"_L1, items.toJson());
    return Schema(document);
}

Schema Schema::string() { return Schema(ofType(u"string"_s)); }

Schema Schema::number() { return Schema(ofType(u"number"_s)); }

Schema Schema::integer() { return Schema(ofType(u"integer"_s)); }

Schema Schema::boolean() { return Schema(ofType(u"boolean"_s)); }

Schema Schema::enumeration(const QStringList &values)
{
    return Schema(with(ofType(u"string"_s), u"enum"_s, QJsonArray::fromStringList(values)));
}

Schema Schema::binary()
{
    // What Socket.IO puts in the place of an attachment: socketio::placeholder().
    const QJsonObject members{{u"_placeholder"_s, QJsonObject{{u"const"_s, true}}},
                              {u"num"_s, QJsonObject{{u"type"_s, u"integer"_s}, {u"minimum"_s, 0}}}};
    return Schema({{u"type"_s, u"object"_s},
                   {u"format"_s, u"binary"_s},
                   {u"properties"_s, members},
                   {u"required"_s, QJsonArray{u"_placeholder"_s, u"num"_s}},
                   {u"additionalProperties"_s, false}});
}

Schema Schema::limited(const char *bound, const QJsonValue &limit) const
{
    const QJsonObject document = toJson();
    return Schema(with(document, boundKeyword(document, QString::fromLatin1(bound)), limit), isOptional());
}

Schema Schema::pattern(const QString &ecmaRegex) const
{
    return Schema(with(toJson(), u"pattern"_s, ecmaRegex), isOptional());
}

Schema Schema::optional() const { return Schema(toJson(), true); }

Schema Schema::nullable() const
{
    QJsonObject document = toJson();
    const QJsonValue type = document.value("type"_L1);
    if (document.contains("const"_L1) || (type.isUndefined() && !document.isEmpty()))
        return Schema({{u"anyOf"_s, QJsonArray{document, ofType(u"null"_s)}}}, isOptional());
    if (document.contains("enum"_L1)) {
        QJsonArray values = document.value("enum"_L1).toArray();
        values.append(QJsonValue::Null);
        document.insert("enum"_L1, values);
    }
    if (type.isString())
        document.insert("type"_L1, QJsonArray{type, u"null"_s});
    return Schema(document, isOptional());
}

Schema Schema::describe(const QString &text) const
{
    return Schema(with(toJson(), u"description"_s, text), isOptional());
}

Schema Schema::closed() const
{
    return Schema(with(toJson(), u"additionalProperties"_s, false), isOptional());
}

Schema Schema::refusing(const Error &error)
{
    Schema schema;
    schema.d = std::make_shared<SchemaPrivate>(error);
    return schema;
}

Result<Schema> Schema::fromJson(const QJsonObject &document, const SchemaSource &source)
{
    return fromText(JsonData(document).text(), source);
}

Result<Schema> Schema::fromText(const QByteArray &json, const SchemaSource &source)
{
    if (const Result<void> read = json::check(json); !read)
        return Error{.code = ErrorCode::ConfigError,
                     .message = u"is no schema: %1"_s.arg(read.error().message)};
    const QByteArray word = json.trimmed();
    if (word == "true")
        return Schema();
    if (word == "false")
        return Schema(QJsonObject{{u"not"_s, QJsonObject()}});
    Schema schema;
    schema.d = std::make_shared<SchemaPrivate>(json::parsed(json).object(), json, source);
    if (const Result<void> checked = schema.check(); !checked)
        return checked.error();
    return schema;
}

QJsonObject Schema::toJson() const { return d ? d->document : QJsonObject(); }

Result<void> Schema::check() const
{
    if (d && !d->compiled())
        return d->compiled().error();
    return {};
}

bool Schema::isEmpty() const { return !d || d->document.isEmpty(); }

bool Schema::isOptional() const { return d && d->optional; }

QList<SchemaNote> Schema::notes() const
{
    return d && d->compiled() ? d->compiled()->notes : QList<SchemaNote>();
}

QStringList Schema::keywords() { return schema::keywordNames(); }

Result<void> Schema::validate(const QJsonValue &data, const QString &root) const
{
    JsonData passing = data;
    return d ? d->admit(passing, {.root = root}) : Result<void>();
}

Result<void> Schema::admit(JsonData &data, const Admission &admission, int steps) const
{
    return d ? d->admit(data, {.admission = admission, .steps = steps}) : Result<void>();
}

qint64 Schema::stepsFor(const JsonData &data, int most) const
{
    qint64 taken = 0;
    JsonData passing = data;
    if (d)
        (void)d->admit(passing, {.steps = most, .taken = &taken});
    return taken;
}

QList<SchemaFault> Schema::explain(const JsonData &data, const QString &root) const
{
    JsonData passing = data;
    const Result<void> admitted = d ? d->admit(passing, {.root = root}) : Result<void>();
    return admitted ? QList<SchemaFault>() : admitted.error().faults;
}

} // namespace dialogue
