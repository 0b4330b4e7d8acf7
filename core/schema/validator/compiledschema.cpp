// The one translation unit that sees valijson: it is header-only and heavy to compile.
#include "core/schema/validator/compiledschema_p.h"

#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <QJsonArray>

#include <new>

namespace dialogue::schema {

namespace {

using valijson::adapters::Adapter;

QJsonValue::Type typeOf(const Adapter &value)
{
    if (value.isObject())
        return QJsonValue::Object;
    if (value.isArray())
        return QJsonValue::Array;
    if (value.isString())
        return QJsonValue::String;
    if (value.isBool())
        return QJsonValue::Bool;
    if (value.isNumber())
        return QJsonValue::Double;
    return value.isNull() ? QJsonValue::Null : QJsonValue::Undefined;
}

QJsonValue toJson(const Adapter &value)
{
    switch (typeOf(value)) {
    case QJsonValue::Object: {
        QJsonObject object;
        value.applyToObject([&object](const std::string &key, const Adapter &member) {
            object.insert(QString::fromStdString(key), toJson(member));
            return true;
        });
        return object;
    }
    case QJsonValue::Array: {
        QJsonArray array;
        value.applyToArray([&array](const Adapter &item) {
            array.append(toJson(item));
            return true;
        });
        return array;
    }
    case QJsonValue::String:
        return QString::fromStdString(value.asString());
    case QJsonValue::Bool:
        return value.asBool();
    case QJsonValue::Double:
        return value.asDouble();
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return QJsonValue::Null;
}

class AdaptedInstance : public Instance
{
public:
    explicit AdaptedInstance(const Adapter &value)
        : m_value(value)
    { }

    QJsonValue::Type type() const override { return typeOf(m_value); }
    QJsonValue toJson() const override { return schema::toJson(m_value); }
    double number() const override { return m_value.asDouble(); }
    std::string text() const override { return m_value.asString(); }
    bool allMembers(const std::function<bool(const QString &, const QJsonValue &)> &holds) const override
    {
        return m_value.applyToObject([&holds](const std::string &key, const Adapter &member) {
            return holds(QString::fromStdString(key), schema::toJson(member));
        });
    }

private:
    const Adapter &m_value;
};

class KeywordConstraint : public valijson::constraints::PolyConstraint
{
public:
    explicit KeywordConstraint(Check check)
        : m_check(std::move(check))
    { }

    bool validate(const Adapter &target, const std::vector<std::string> &,
                  valijson::ValidationResults *) const override
    {
        return m_check(AdaptedInstance(target));
    }

private:
    Constraint *cloneInto(void *memory) const override { return new (memory) KeywordConstraint(*this); }
    size_t sizeOf() const override { return sizeof(KeywordConstraint); }

    Check m_check;
};

class KeywordBuilder : public valijson::ConstraintBuilder
{
public:
    explicit KeywordBuilder(const Keyword &keyword)
        : m_keyword(keyword)
    { }

    valijson::constraints::Constraint *make(const Adapter &argument) const override
    {
        return new KeywordConstraint(m_keyword.make(toJson(argument)));
    }

private:
    Keyword m_keyword;
};

class ValijsonSchema : public CompiledSchema
{
public:
    ValijsonSchema(const QJsonObject &document, const QList<Keyword> &keywords)
    {
        valijson::SchemaParser parser;
        for (const Keyword &keyword : keywords)
            parser.addConstraintBuilder(keyword.name, new KeywordBuilder(keyword));
        parser.populateSchema(valijson::adapters::QtJsonAdapter(QJsonValue(document)), m_schema);
    }

    bool accepts(const QJsonValue &data) const override
    {
        // Made anew for each call: it holds a cache that is not for two threads.
        valijson::Validator validator;
        return validator.validate(m_schema, valijson::adapters::QtJsonAdapter(data), nullptr);
    }

private:
    valijson::Schema m_schema;
};

} // namespace

std::shared_ptr<const CompiledSchema> CompiledSchema::compile(const QJsonObject &document,
                                                              const QList<Keyword> &keywords)
{
    return std::make_shared<const ValijsonSchema>(document, keywords);
}

} // namespace dialogue::schema
