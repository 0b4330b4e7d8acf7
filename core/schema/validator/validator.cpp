// The one translation unit that sees valijson: it is header-only and heavy to compile.
#include "core/schema/validator/validator_p.h"

#include "core/schema/limits_p.h"
#include "core/schema/rules_p.h"
#include "core/schema/validator/shortcut_p.h"

#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <QHash>

#include <algorithm>
#include <exception>
#include <functional>
#include <mutex>
#include <new>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

using valijson::adapters::Adapter;
using Check = std::function<bool(const Adapter &)>;

QJsonValue toJson(const Adapter &value)
{
    if (value.isObject()) {
        QJsonObject object;
        value.applyToObject([&object](const std::string &key, const Adapter &member) {
            object.insert(QString::fromStdString(key), toJson(member));
            return true;
        });
        return object;
    }
    if (value.isArray()) {
        QJsonArray array;
        value.applyToArray([&array](const Adapter &item) {
            array.append(toJson(item));
            return true;
        });
        return array;
    }
    if (value.isString())
        return QString::fromStdString(value.asString());
    if (value.isBool())
        return value.asBool();
    if (value.isNumber())
        return value.asDouble();
    return QJsonValue::Null;
}

/** A keyword that valijson would check in a way that is wrong for numbers beyond int, or unsafe for hostile
 * data. */
class KeywordConstraint : public valijson::constraints::PolyConstraint
{
public:
    explicit KeywordConstraint(Check check)
        : m_check(std::move(check))
    { }

    bool validate(const Adapter &target, const std::vector<std::string> &,
                  valijson::ValidationResults *) const override
    {
        return m_check(target);
    }

private:
    Constraint *cloneInto(void *memory) const override { return new (memory) KeywordConstraint(*this); }
    size_t sizeOf() const override { return sizeof(KeywordConstraint); }

    Check m_check;
};

class KeywordBuilder : public valijson::ConstraintBuilder
{
public:
    explicit KeywordBuilder(std::function<Check(const QJsonValue &)> make)
        : m_make(std::move(make))
    { }

    valijson::constraints::Constraint *make(const Adapter &argument) const override
    {
        return new KeywordConstraint(m_make(toJson(argument)));
    }

private:
    std::function<Check(const QJsonValue &)> m_make;
};

Check typeCheck(const QJsonValue &types)
{
    return [types = types.toArray()](const Adapter &target) {
        for (const QJsonValue type : types) {
            const QString name = type.toString();
            if (target.isNumber()
                && (name == "number"_L1 || (name == "integer"_L1 && isWhole(target.asDouble()))))
                return true;
            if ((target.isString() && name == "string"_L1) || (target.isObject() && name == "object"_L1)
                || (target.isArray() && name == "array"_L1) || (target.isBool() && name == "boolean"_L1)
                || (target.isNull() && name == "null"_L1))
                return true;
        }
        return false;
    };
}

/** Code points of UTF-8; valijson's count ends at the first NUL, and so would a limit. */
qint64 codePointsOf(const std::string &text)
{
    return std::count_if(text.begin(), text.end(),
                         [](char c) { return (static_cast<uchar>(c) & 0xC0) != 0x80; });
}

Check minLengthCheck(const QJsonValue &least)
{
    return [least = least.toInteger()](const Adapter &target) {
        return !target.isString() || codePointsOf(target.asString()) >= least;
    };
}

Check maxLengthCheck(const QJsonValue &most)
{
    return [most = most.toInteger()](const Adapter &target) {
        return !target.isString() || codePointsOf(target.asString()) <= most;
    };
}

Check enumCheck(const QJsonValue &values)
{
    return [values = values.toArray()](const Adapter &target) { return values.contains(toJson(target)); };
}

Check patternCheck(const QJsonValue &pattern)
{
    return [expression = toRegularExpression(pattern.toString())](const Adapter &target) {
        return !target.isString() || expression.match(QString::fromStdString(target.asString())).hasMatch();
    };
}

Check formatCheck(const QJsonValue &format)
{
    return [format = format.toString()](const Adapter &target) {
        return !target.isString() || holdsFormat(QString::fromStdString(target.asString()), format);
    };
}

Check multipleOfCheck(const QJsonValue &divisor)
{
    return [divisor = divisor.toDouble()](const Adapter &target) {
        return !target.isNumber() || isMultipleOf(target.asDouble(), divisor);
    };
}

Check uniqueItemsCheck(const QJsonValue &)
{
    return [](const Adapter &target) { return !target.isArray() || isUnique(toJson(target).toArray()); };
}

/** Schemas applied so far in the validation that runs in this thread. */
thread_local int steps = 0;

Check stepCheck(const QJsonValue &)
{
    return [](const Adapter &) {
        if (++steps > kMaxSteps)
            throw std::length_error("too many steps");
        return true;
    };
}

bool isShallow(const QJsonValue &value, int depth = 0)
{
    if (depth > kMaxDataDepth)
        return false;
    if (value.isArray()) {
        for (const QJsonValue item : value.toArray()) {
            if (!isShallow(item, depth + 1))
                return false;
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue member : object) {
            if (!isShallow(member, depth + 1))
                return false;
        }
    }
    return true;
}

class ValijsonValidator : public Validator
{
public:
    explicit ValijsonValidator(const Document &document)
        : m_document(document)
        , m_shortcut(Shortcut::of(document))
        , m_schema(compileAt(u"/root"_s))
    { }

    bool accepts(const QJsonValue &data) const override
    {
        if (m_document.walksData && !isShallow(data))
            return false;
        if (m_shortcut && m_shortcut->accepts(data))
            return true;
        try {
            steps = 0;
            return accepts(*m_schema, data);
        } catch (const std::exception &) {
            return false;
        }
    }

private:
    using SchemaPointer = std::shared_ptr<const valijson::Schema>;

    static bool accepts(const valijson::Schema &schema, const QJsonValue &data)
    {
        // Made anew for each call: it holds a cache that is not for two threads.
        valijson::Validator validator;
        return validator.validate(schema, valijson::adapters::QtJsonAdapter(data), nullptr);
    }

    SchemaPointer compileAt(const QString &pointer) const
    {
        valijson::SchemaParser parser;
        const auto add
            = [&parser](const char *keyword, const std::function<Check(const QJsonValue &)> &make) {
                  parser.addConstraintBuilder(keyword, new KeywordBuilder(make));
              };
        add("dialogue:step", stepCheck);
        add("dialogue:type", typeCheck);
        add("dialogue:enum", enumCheck);
        add("dialogue:minLength", minLengthCheck);
        add("dialogue:maxLength", maxLengthCheck);
        add("dialogue:pattern", patternCheck);
        add("dialogue:format", formatCheck);
        add("dialogue:multipleOf", multipleOfCheck);
        add("dialogue:uniqueItems", uniqueItemsCheck);
        add("dialogue:members", [this](const QJsonValue &members) { return membersCheck(members); });

        QJsonObject document = m_document.root;
        document.insert("allOf"_L1, QJsonArray{QJsonObject{{u"$ref"_s, u'#' + pointer}}});
        auto schema = std::make_shared<valijson::Schema>();
        parser.populateSchema(valijson::adapters::QtJsonAdapter(QJsonValue(document)), *schema);
        return schema;
    }

    /** The schema of members whose names match a pattern: compiled when first met, for it may contain itself.
     */
    SchemaPointer partAt(const QString &pointer) const
    {
        const std::lock_guard lock(m_mutex);
        SchemaPointer &part = m_parts[pointer];
        if (!part)
            part = compileAt(pointer);
        return part;
    }

    Check membersCheck(const QJsonValue &members) const
    {
        QList<std::pair<QRegularExpression, QString>> patterns;
        for (const QJsonValue each : members[u"patterns"].toArray())
            patterns.append({toRegularExpression(each[u"pattern"].toString()), each[u"schema"].toString()});
        const QJsonArray declared = members[u"declared"].toArray();
        const QString others = members[u"others"].toString();
        const QString names = members[u"names"].toString();
        return [this, patterns, declared, others, names](const Adapter &target) {
            return !target.isObject()
                || target.applyToObject([&](const std::string &key, const Adapter &member) {
                       const QString name = QString::fromStdString(key);
                       const QJsonValue value = toJson(member);
                       if (!accepts(*partAt(names), name))
                           return false;
                       bool known = declared.contains(name);
                       for (const auto &[expression, schema] : patterns) {
                           if (!expression.match(name).hasMatch())
                               continue;
                           known = true;
                           if (!accepts(*partAt(schema), value))
                               return false;
                       }
                       return known || others.isEmpty() || accepts(*partAt(others), value);
                   });
        };
    }

    const Document m_document;
    const std::optional<Shortcut> m_shortcut;
    mutable std::mutex m_mutex;
    mutable QHash<QString, SchemaPointer> m_parts;
    const SchemaPointer m_schema; // last: compiling it uses what stands above
};

} // namespace

Result<std::shared_ptr<const Validator>> Validator::compile(const Document &document)
{
    try {
        return std::shared_ptr<const Validator>(std::make_shared<ValijsonValidator>(document));
    } catch (const std::exception &exception) {
        return Error{.code = ErrorCode::ConfigError,
                     .message
                     = u"is not a JSON Schema of draft 7: %1"_s.arg(QString::fromUtf8(exception.what()))};
    }
}

} // namespace dialogue::schema
