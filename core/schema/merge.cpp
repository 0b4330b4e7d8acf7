#include "core/schema/merge.h"

#include "core/schema/decimal.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

/** Of two numbers, as they are written: whole ones of 64 bits are not all doubles. */
bool isMore(const QJsonValue &a, const QJsonValue &b)
{
    const QByteArray textA = JsonData(a).text();
    const QByteArray textB = JsonData(b).text();
    const auto numberA = Decimal::fromJson({textA.data(), std::size_t(textA.size())});
    const auto numberB = Decimal::fromJson({textB.data(), std::size_t(textB.size())});
    return numberA && numberB && *numberA > *numberB;
}

class Merger
{
public:
    QJsonObject merge(QJsonObject to, const QJsonObject &from, const QString &path);
    std::optional<Error> error;

private:
    QJsonObject mergeMembers(QJsonObject to, const QJsonObject &from, const QString &path);
    void checkType(const QJsonObject &to, const QJsonValue &type, const QString &path);
};

void Merger::checkType(const QJsonObject &to, const QJsonValue &type, const QString &path)
{
    const QJsonValue own = to.value("type"_L1);
    if (own != type && !(own == QJsonValue(u"integer"_s) && type == QJsonValue(u"number"_s)) && !error) {
        error = Error{.code = ErrorCode::ConfigError,
                      .message = u"is of type %1, but the constraints say %2"_s.arg(
                          own.toVariant().toString(), type.toVariant().toString()),
                      .path = path};
    }
}

QJsonObject Merger::mergeMembers(QJsonObject to, const QJsonObject &from, const QString &path)
{
    for (auto it = from.constBegin(); it != from.constEnd(); ++it) {
        const QString here = path.isEmpty() ? it.key() : path + u'.' + it.key();
        if (to.contains(it.key())) {
            to.insert(it.key(), merge(to.value(it.key()).toObject(), it.value().toObject(), here));
        } else if (!error) {
            error = Error{.code = ErrorCode::ConfigError,
                          .message = u"is constrained, but the payload has no such member"_s,
                          .path = here};
        }
    }
    return to;
}

QJsonObject Merger::merge(QJsonObject to, const QJsonObject &from, const QString &path)
{
    if (to.contains("$ref"_L1)) { // what stands beside a reference would be ignored
        QJsonObject beside = from;
        beside.remove("required"_L1);
        return {{u"allOf"_s, QJsonArray{to, beside}}};
    }
    for (auto it = from.constBegin(); it != from.constEnd(); ++it) {
        const QString &key = it.key();
        const bool both = to.contains(key);
        if (key == "required"_L1)
            continue;
        if (key == "type"_L1 && both)
            checkType(to, it.value(), path);
        else if (key == "properties"_L1 && both)
            to.insert(key, mergeMembers(to.value(key).toObject(), it.value().toObject(), path));
        else if (key == "items"_L1 && both)
            to.insert(key, merge(to.value(key).toObject(), it.value().toObject(), path + u"[]"_s));
        else if (both && it.value().isDouble() && key.startsWith("min"_L1))
            to.insert(key, isMore(to.value(key), it.value()) ? to.value(key) : it.value());
        else if (both && it.value().isDouble() && key.startsWith("max"_L1))
            to.insert(key, isMore(to.value(key), it.value()) ? it.value() : to.value(key));
        else
            to.insert(key, it.value());
    }
    return to;
}

} // namespace

Schema merge(const Schema &derived, const Schema &constraints)
{
    if (constraints.isEmpty() || !derived.check())
        return derived;
    Merger merger;
    const QJsonObject document = merger.merge(derived.toJson(), constraints.toJson(), {});
    if (merger.error)
        return Schema::refusing(*merger.error);
    const Result<Schema> schema = Schema::fromJson(document);
    return schema ? *schema : Schema::refusing(schema.error());
}

} // namespace dialogue::schema
