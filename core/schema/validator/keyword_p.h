#pragma once

#include <QJsonValue>
#include <QList>
#include <QString>

#include <functional>
#include <string>

namespace dialogue::schema {

/** A value that is being validated, of which a keyword copies only what it looks at. */
class Instance
{
public:
    virtual ~Instance() = default;

    [[nodiscard]] virtual QJsonValue::Type type() const = 0;
    [[nodiscard]] virtual QJsonValue toJson() const = 0;
    [[nodiscard]] virtual double number() const = 0;
    [[nodiscard]] virtual std::string text() const = 0; ///< A string's UTF-8.

    /** Whether \a holds is true for every member of an object, up to the first where it is not. */
    [[nodiscard]] virtual bool
    allMembers(const std::function<bool(const QString &name, const QJsonValue &member)> &holds) const = 0;
};

using Check = std::function<bool(const Instance &)>;

/** A keyword of our own, "dialogue:...", and what it makes of its value in a schema. */
struct Keyword
{
    const char *name;
    std::function<Check(const QJsonValue &argument)> make;
};

/** What valijson would check in a way that is wrong for numbers beyond int, or unsafe for hostile data. */
QList<Keyword> assertionKeywords();

} // namespace dialogue::schema
