#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/json/jsondata.h"
#include "core/schema/admission.h"

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <concepts>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace dialogue {

class SchemaPrivate;

/** Where a schema document comes from, and which others it may refer to. */
struct SchemaSource
{
    QString uri = {}; ///< What its references are relative to; an `$id` in it comes before.
    /** The text, JSON, of the document with an absolute URI that a reference leads to; nothing: there is
     * none.
     */
    std::function<std::optional<QByteArray>(const QString &uri)> load = {};
};

/** What the author of a schema may want to know, such as that \a name is no keyword, or format, that is
 * known.
 */
struct SchemaNote
{
    enum Kind {
        UnknownKeyword,
        UnknownFormat,
        IgnoredBesideReference,
        Contradiction, ///< Nothing can satisfy it beside the keyword \a name; empty: at all.
        MoreThanADouble, ///< A number that is another one, \a name, to who reads it as a double.
    };
    Kind kind;
    QString path; ///< In the document.
    QString name;
};

/**
 * What an event's data must look like: a JSON Schema of draft 2020-12, or of draft 7 where its `$schema` says
 * so, compiled once.
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
    [[nodiscard]] Schema min(double least) const { return limited("min", least); }
    [[nodiscard]] Schema max(double most) const { return limited("max", most); }
    /** The same by whole numbers, exactly. */
    template <std::integral T>
    requires(std::in_range<qint64>(std::numeric_limits<T>::max())) [[nodiscard]] Schema min(T least) const
    {
        return limited("min", qint64(least));
    }
    template <std::integral T>
    requires(std::in_range<qint64>(std::numeric_limits<T>::max())) [[nodiscard]] Schema max(T most) const
    {
        return limited("max", qint64(most));
    }
    [[nodiscard]] Schema pattern(const QString &ecmaRegex) const;
    [[nodiscard]] Schema optional() const; ///< As a property: may be missing.
    [[nodiscard]] Schema nullable() const;
    [[nodiscard]] Schema describe(const QString &text) const;
    [[nodiscard]] Schema closed() const; ///< An object: no other properties than the declared ones.

    /**
     * Compiles a JSON Schema document; the Error's path says where in the document it is wrong. Its numbers
     * are what Qt keeps of them: whole ones of 64 bits exactly, all others as the nearest double. So a
     * `maximum` of 12345678901234567890 is 12345678901234567168 here; fromText() takes it as it is written.
     */
    static Result<Schema> fromJson(const QJsonObject &document, const SchemaSource &source = {});
    /** The same from the text, UTF-8, with all digits of its numbers; true and false are schemas as well. */
    static Result<Schema> fromText(const QByteArray &json, const SchemaSource &source = {});
    /** The document, with the numbers that Qt keeps; so is what is built out of it, as by array(). */
    [[nodiscard]] QJsonObject toJson() const;

    /** One that stands for a mistake: accepts nothing, and check() gives \a error. */
    static Schema refusing(const Error &error);

    /** Compiles it now; a pattern the builder was given may be no regular expression. */
    [[nodiscard]] Result<void> check() const;

    [[nodiscard]] bool isEmpty() const; ///< Accepts everything.
    [[nodiscard]] bool isOptional() const;

    /** What in the document has no effect, though somebody may have meant one; once it is compiled. */
    [[nodiscard]] QList<SchemaNote> notes() const;
    /** The keywords of JSON Schema that are known here. */
    static QStringList keywords();

    /**
     * Checks \a data; an Error with ValidationFailed names the place below \a root and the rule:
     * path "data.text", message "must have at least 1 character, has 0"; its faults are a few of all that is
     * wrong. LimitReached where that takes too many steps.
     */
    [[nodiscard]] Result<void> validate(const QJsonValue &data,
                                        const QString &root = QStringLiteral("data")) const;

    /**
     * validate() for data on its way through, held to the schema as \a admission says: what is plainly right
     * stays the text it came as. Where a member comes twice, the last one is checked and is what goes on, for
     * others might take the one that was not. \a steps: at most, and four more for each byte.
     */
    [[nodiscard]] Result<void> admit(JsonData &data, const Admission &admission = {},
                                     int steps = DefaultValidationSteps) const;

    /**
     * How many steps it takes to check \a data, for who chooses a limit: no more than \a most, four for each
     * byte, and what the last one added, which is bounded by the size of data and schema.
     */
    [[nodiscard]] qint64 stepsFor(const JsonData &data, int most = DefaultValidationSteps) const;

    /** What is wrong with \a data: a few of the faults; none where it fits. */
    [[nodiscard]] QList<SchemaFault> explain(const JsonData &data,
                                             const QString &root = QStringLiteral("data")) const;

private:
    explicit Schema(const QJsonObject &document, bool optional = false);
    [[nodiscard]] Schema limited(const char *bound, const QJsonValue &limit) const;

    std::shared_ptr<const SchemaPrivate> d; // null: accepts everything
};

} // namespace dialogue
