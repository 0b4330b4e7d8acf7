#pragma once

#include "core/schema/decimal.h"
#include "core/schema/format.h"
#include "core/schema/pattern.h"
#include "core/schema/sure.h"
#include "core/schema/texts.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <algorithm>
#include <cstring>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace dialogue::schema {

struct Node;

/** enum or const. */
struct Values
{
    Texts strings; ///< UTF-8
    Texts others; ///< In their canonical form.
    QList<QByteArray> texts; ///< As they are written.
    bool isConst = false;
};

struct Expression
{
    Pattern pattern;
    QString source;
};

struct StringRules
{
    Count length; ///< In code points.
    std::optional<Expression> pattern;
    std::optional<Format> format;
    QString formatName;
};

struct Bound
{
    enum Kind { Minimum, Maximum, ExclusiveMinimum, ExclusiveMaximum, MultipleOf };
    Kind kind;
    QByteArray text; ///< What the limit looks at.
    Decimal limit;

    [[nodiscard]] bool allows(const Decimal &number) const;
};

struct NumberRules
{
    std::vector<Bound> bounds;
    // The same for whole numbers of few digits, where all bounds are such; else the range is empty.
    qint64 least = std::numeric_limits<qint64>::max();
    qint64 most = std::numeric_limits<qint64>::min();
    qint64 divisor = 1;
};

struct ArrayRules
{
    Count count;
    std::vector<const Node *> prefix;
    const Node *items = nullptr; ///< Of those behind the prefix.
    const Node *contains = nullptr;
    Count containsCount{.least = 1};
    bool containsEvaluates = false;
    bool unique = false;
    const Node *unevaluated = nullptr;
};

/** A member that an object's rules name. */
struct Member
{
    explicit Member(const QByteArray &utf8);

    QByteArray name; ///< UTF-8
    QByteArray quoted; ///< The same as JSON.
    quint64 head = 0; ///< The first bytes of that,
    quint64 headMask = 0; ///< and which bits they are.
    const Node *node = nullptr; ///< By properties.
    bool required = false;
    std::vector<std::size_t> needs = {}; ///< Members that must be there where this one is.
    const Node *dependent = nullptr; ///< What then holds of the whole object.

    /** Whether a text has the name in its quotes at \a at: mostly one comparison, for which a call is too
     * much. */
    [[nodiscard]] bool isAt(const char *at, const char *end) const
    {
        constexpr qsizetype size = sizeof head;
        if (end - at < size)
            return end - at >= quoted.size()
                && std::memcmp(at, quoted.constData(), std::size_t(quoted.size())) == 0;
        if ((wordAt(at) ^ head) & headMask)
            return false;
        const qsizetype last = quoted.size() - size;
        if (last <= 0)
            return true;
        if (end - at < quoted.size() || wordAt(at + last) != wordAt(quoted.constData() + last))
            return false;
        for (qsizetype from = size; from < last; from += size) {
            if (wordAt(at + from) != wordAt(quoted.constData() + from))
                return false;
        }
        return true;
    }

private:
    static quint64 wordAt(const char *at)
    {
        quint64 word = 0;
        std::memcpy(&word, at, sizeof word);
        return word;
    }
};

/** A list of names, and what one of them stands for. */
class Names
{
public:
    std::vector<Member> members;

    /** Where \a name stands, or would be added. */
    std::size_t add(const QByteArray &name);
    /** Looks at \a expected first: texts tend to keep the order of the schema. Npos where it is not there. */
    [[nodiscard]] std::size_t find(QByteArrayView name, std::size_t expected) const
    {
        if (expected < members.size() && name == members[expected].name)
            return expected;
        return m_texts.find(name);
    }
    static constexpr std::size_t Npos = Texts::Npos;

private:
    Texts m_texts; ///< The same names.
};

struct ObjectRules
{
    Count count;
    Names names;
    quint64 required = 0; ///< A bit for each of the first 64 members.
    bool demands = false; ///< Members because of others, or required ones behind the first 64.
    struct PatternRule
    {
        Expression expression;
        const Node *node;
    };
    std::vector<PatternRule> patterns;
    const Node *additional = nullptr;
    const Node *memberNames = nullptr;
    const Node *unevaluated = nullptr;
    bool describes = false; ///< It says what members there are.
    bool byNameOnly = false; ///< Which schema holds of a member, its name says and nothing else.
};

/** What has to be so for a branch to fit, as far as a glance shows it. */
struct Branch
{
    const Node *node = nullptr;
    unsigned types = types::Any;
    quint64 required = 0; ///< Of the first 64 members of Branches::probes.
    std::vector<std::pair<std::size_t, const Node *>> tags
        = {}; ///< Such as have few values, by their number there.
    std::vector<std::pair<std::size_t, Possible>> possible = {}; ///< And what may be in others.
};

/** anyOf or oneOf. */
struct Branches
{
    bool exactlyOne = false;
    std::vector<Branch> list = {};
    Names probes = {}; ///< Telling members; required: it is a tag.
    qsizetype tags = 0; ///< How many of them are.
    bool tagsAreCommon = false; ///< Every branch for objects names them all.
    std::size_t selector = Names::Npos; ///< One of the tags that they all name ...
    Texts selecting = {}; ///< ... and who allows which text of it.
    std::vector<std::vector<const Branch *>> selected = {}; ///< By the number of the text.
};

/** What is applied to the same value besides. */
struct Combined
{
    std::vector<const Node *> all; ///< $ref too.
    std::vector<Branches> any;
    const Node *no = nullptr;
    const Node *condition = nullptr;
    const Node *then = nullptr;
    const Node *otherwise = nullptr;
};

/** A schema, in one dynamic scope. */
struct Node
{
    unsigned types = types::Any;
    const Node *only = nullptr; ///< It is nothing but a reference to that one.
    std::unique_ptr<Values> values; ///< By enum.
    std::unique_ptr<Values> constant;
    std::unique_ptr<StringRules> string;
    std::unique_ptr<NumberRules> number;
    std::unique_ptr<ArrayRules> array;
    std::unique_ptr<ObjectRules> object;
    std::unique_ptr<Combined> combined;
    QByteArray defaultText;
    Sure sure; ///< Of the one that it refers to, too, if it is nothing else.
    bool attachment = false; ///< A placeholder of Socket.IO, called so in errors.
    bool forks = false; ///< Applies several schemas that may look at the same part of the value.
    bool shared = false; ///< Several refer to it.
    bool plain = false; ///< It says nothing but what a value is itself.

    [[nodiscard]] bool isFalse() const { return types == 0; }
    /** JSON; null where there is none. */
    [[nodiscard]] const QByteArray &defaultValue() const
    {
        return only && defaultText.isNull() ? only->defaultValue() : defaultText;
    }
    [[nodiscard]] const Node *target() const
    {
        const Node *node = this;
        while (node->only)
            node = node->only;
        return node;
    }
};

/** A compiled schema document. Immutable, so that many threads may run it. */
struct Program
{
    std::deque<Node> nodes; // what points to one stays right
    const Node *root = nullptr;
};

} // namespace dialogue::schema
