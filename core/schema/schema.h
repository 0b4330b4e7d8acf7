#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/json/jsondata.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <memory>
#include <utility>

namespace dialogue {

class SchemaPrivate;

/**
 * What an event's data must look like: a JSON Schema (draft 7), compiled once.
 *
 * Built fluently, or from a JSON Schema document. Implicitly shared and immutable once compiled; a
 * default-made Schema accepts everything. validate() is re-entrant.
 *
 *     Schema::object({{"text", Schema::string().min(1).max(1000)},
 *                     {"senderId", Schema::string().optional()}})
 */
class DIALOGUE_CORE_EXPORT Schema
{
public:
    Schema();

    using Property = std::pair<const char *, Schema>;

    static Schema any();
    static Schema object(std::initializer_list<Property> properties);
    static Schema array(const Schema &items);
    static Schema string();
    static Schema number();
    static Schema integer();
    static Schema boolean();
    static Schema enumeration(const QStringList &values);
    static Schema binary(); ///< A binary attachment.

    /** Length of a string, value of a number, count of an array. */
    [[nodiscard]] Schema min(double least) const;
    [[nodiscard]] Schema max(double most) const;
    [[nodiscard]] Schema pattern(const QString &ecmaRegex) const;
    [[nodiscard]] Schema optional() const; ///< As a property: may be missing.
    [[nodiscard]] Schema nullable() const;
    [[nodiscard]] Schema describe(const QString &text) const;
    [[nodiscard]] Schema closed() const; ///< An object: no other properties than the declared ones.

    /** Compiles a JSON Schema document; the Error's path says where in the document it is wrong. */
    static Result<Schema> fromJson(const QJsonObject &document);
    [[nodiscard]] QJsonObject toJson() const;

    /** One that stands for a mistake: accepts nothing, and check() gives \a error. */
    static Schema refusing(const Error &error);

    /** Compiles it now; a pattern the builder was given may be no regular expression. */
    [[nodiscard]] Result<void> check() const;

    [[nodiscard]] bool isEmpty() const; ///< Accepts everything.
    [[nodiscard]] bool isOptional() const;

    /**
     * Checks \a data; an Error with ValidationFailed names the place below \a root and the rule:
     * path "data.text", message "must have at least 1 character".
     */
    [[nodiscard]] Result<void> validate(const QJsonValue &data,
                                        const QString &root = QStringLiteral("data")) const;

    /**
     * validate() for data on its way through: what is plainly right stays the text it came as. Where its
     * value must decide, that value is what goes on: of a text in which a member comes twice, others might
     * take the one that was not checked.
     */
    [[nodiscard]] Result<void> admit(JsonData &data) const;

private:
    explicit Schema(const QJsonObject &document, bool optional = false);
    [[nodiscard]] Schema limited(const char *bound, double limit) const;

    std::shared_ptr<const SchemaPrivate> d; // null: accepts everything
};

} // namespace dialogue
