#include "core/schema/run/canonical.h"
#include "core/schema/run/run.h"
#include "core/schema/run/words.h"

#include <QSet>

#include <cstring>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

using namespace json;

namespace {

/** Which of an object's named members have come; of few without allocating. */
class Seen
{
public:
    explicit Seen(std::size_t count)
    {
        if (count > 64)
            m_more.resize(count - 64);
    }

    [[nodiscard]] bool has(std::size_t i) const
    {
        return i < 64 ? (m_first >> i) & 1U : bool(m_more[i - 64]);
    }
    void add(std::size_t i)
    {
        if (i < 64)
            m_first |= quint64(1) << i;
        else
            m_more[i - 64] = true;
    }
    [[nodiscard]] bool hasAll(quint64 ofTheFirst) const { return (m_first & ofTheFirst) == ofTheFirst; }

private:
    quint64 m_first = 0;
    std::vector<bool> m_more;
};

/** Whether the \a size bytes at both are the same, as many as a Word has or more; the last may be compared
 * twice. */
template <class Word>
bool areSame(const char *a, const char *b, qsizetype size)
{
    constexpr qsizetype step = sizeof(Word);
    const auto differ = [a, b](qsizetype from) {
        Word ours = 0;
        Word theirs = 0;
        std::memcpy(&ours, a + from, step);
        std::memcpy(&theirs, b + from, step);
        return ours != theirs;
    };
    for (qsizetype from = 0; from < size - step; from += step) {
        if (differ(from))
            return false;
    }
    return !differ(size - step);
}

/** Whether a text begins with \a name in its quotes, which is too short for a call of memcmp() to be worth
 * it. */
bool begins(const QByteArray &name, const char *at, const char *end)
{
    const qsizetype size = name.size();
    if (end - at < size)
        return false;
    if (size >= qsizetype(sizeof(quint64)))
        return areSame<quint64>(at, name.constData(), size);
    if (size >= qsizetype(sizeof(quint32)))
        return areSame<quint32>(at, name.constData(), size);
    return areSame<quint8>(at, name.constData(), size);
}

} // namespace

struct Run::Object
{
    const ObjectRules &rules;
    const char *at;
    const std::size_t named = rules.names.members.size();
    Seen seen{named};
    std::size_t expected = 0;
    qsizetype count = 0;
    bool wrong = false;
    qsizetype judged = 0; ///< Bytes of values that other schemas looked at, and took steps for.
    QByteArray name = {}; ///< Of a member whose key has escapes.
};

const char *Run::object(const Node &node, const char *at)
{
    if (!node.object)
        return pass(at);
    Object object{.rules = *node.object, .at = at};
    if (object.rules.describes)
        mark(Mark::Described, at);
    const char *reached = at;
    for (bool more = checked::first(at, m_end); more && at;) {
        ++object.count;
        reached = at;
        at = member(object, at);
        more = at && checked::next(at, m_end);
    }
    charge((at ? at : reached) - object.at - object.judged);
    return at && holdsMembers(object) && !object.wrong ? at : nullptr;
}

/** Of the member whose key is at \a keyAt, too, what is behind its value. */
const char *Run::member(Object &object, const char *keyAt)
{
    const ObjectRules &rules = object.rules;
    if (object.rules.byNameOnly && object.expected < object.named) {
        const Member &likely = rules.names.members[object.expected];
        if (likely.node && begins(likely.quoted, keyAt, m_end) && !object.seen.has(object.expected)) {
            object.seen.add(object.expected++);
            const char *const value = checked::toValue(keyAt + likely.quoted.size(), m_end);
            const char *const behind = part(likely.node, value, object.wrong);
            if (behind) {
                mark(Mark::Evaluated, keyAt);
                object.judged += behind - value;
            }
            return behind;
        }
    }
    const StringToken key = checked::string(keyAt, m_end);
    const char *const value = checked::toValue(key.text.end() + 1, m_end);
    QByteArrayView name = key.text;
    if (key.escaped) {
        object.name = utf8Of(key);
        name = object.name;
    }

    const char *behind = nullptr;
    bool spokenOf = false;
    const auto holdTo = [&](const Node *node) {
        spokenOf = true;
        behind = part(node, value, object.wrong);
        return behind != nullptr;
    };
    if (const std::size_t i = rules.names.find(name, object.expected); i != Names::Npos) {
        object.expected = i + 1;
        if (object.seen.has(i))
            return stop(Verdict::Ambiguous);
        object.seen.add(i);
        if (const Node *node = rules.names.members[i].node; node && !holdTo(node))
            return nullptr;
    }
    for (const auto &[expression, node] : rules.patterns) {
        const bool fits = matches(expression, utf8(key));
        if (m_stopped != Verdict::Fits || (fits && !holdTo(node)))
            return nullptr;
    }
    if (!spokenOf && rules.additional) {
        if (!rules.additional->isFalse()) {
            if (!holdTo(rules.additional))
                return nullptr;
        } else {
            object.wrong = true;
            refuse(keyAt, "additionalProperties", [] { return u"is not allowed here"_s; });
            if (!explains())
                return nullptr;
        }
    }
    if (rules.memberNames && !holdsName(rules.memberNames, keyAt)) {
        object.wrong = true;
        if (!explains())
            return nullptr;
    }
    if (spokenOf)
        mark(Mark::Evaluated, keyAt);
    if (behind)
        object.judged += behind - value;
    return behind ? behind : checked::skip(value, m_end);
}

bool Run::holdsName(const Node *node, const char *keyAt)
{
    if (!explains()) {
        bool wrong = false;
        return part(node, keyAt, wrong) != nullptr;
    }
    QList<Fault> faults;
    QList<Fault> *const outer = std::exchange(m_faults, &faults);
    apply(node, keyAt);
    m_faults = outer;
    if (faults.isEmpty())
        return true;
    return refuse(keyAt, "propertyNames", [&] {
        return u"has a name that is not allowed: it %1"_s.arg(faults.constFirst().message);
    });
}

/** What can be told when all members were seen. */
bool Run::holdsMembers(Object &object)
{
    const ObjectRules &rules = object.rules;
    bool right = true;
    if (!object.seen.hasAll(rules.required) || rules.demands || m_defaults) {
        const std::vector<Member> &members = rules.names.members;
        charge(qsizetype(members.size()));
        for (std::size_t i = 0; i < members.size(); ++i) {
            const Member &member = members[i];
            if (object.seen.has(i)) {
                right = holdsNeeds(object, member) && right;
            } else if (m_defaults && member.node && !member.node->defaultValue().isNull()) {
                mark(Mark::Missing, object.at, &member);
            } else if (member.required) {
                right = refuse(
                    object.at, "required", [] { return u"is required"_s; }, member.name);
            }
            if (!right && !explains())
                return false;
        }
    }
    if (rules.count.isBound())
        right = holdsCount(object) && right;
    return right;
}

bool Run::holdsNeeds(Object &object, const Member &member)
{
    bool right = true;
    for (const std::size_t other : member.needs) {
        if (object.seen.has(other))
            continue;
        right = refuse(
            object.at, "dependentRequired",
            [&] { return u"is required beside %1"_s.arg(QString::fromUtf8(member.name)); },
            object.rules.names.members[other].name);
    }
    if (member.dependent)
        right = apply(member.dependent, object.at) && right;
    return right;
}

bool Run::holdsCount(const Object &object)
{
    // Of what the schema names none came twice; of others it has to be seen.
    QSet<QByteArray> names;
    const char *at = object.at;
    for (bool more = checked::first(at, m_end); more; more = checked::next(at, m_end)) {
        const StringToken key = checked::string(at, m_end);
        names.insert(utf8Of(key));
        at = checked::skip(checked::toValue(key.text.end() + 1, m_end), m_end);
    }
    charge(Comparing * (at - object.at));
    if (names.size() != object.count)
        return stop(Verdict::Ambiguous) != nullptr;
    const Count &count = object.rules.count;
    if (object.count < count.least)
        return refuse(object.at, "minProperties", [&] {
            return u"must have at least %1, has %2"_s.arg(words::counted(count.least, "member"))
                .arg(object.count);
        });
    if (object.count > count.most)
        return refuse(object.at, "maxProperties", [&] {
            return u"must have at most %1, has %2"_s.arg(words::counted(count.most, "member"))
                .arg(object.count);
        });
    return true;
}

} // namespace dialogue::schema
