#include "core/schema/run/canonical.h"
#include "core/schema/run/run.h"
#include "core/schema/run/words.h"

#include <QSet>

#include <memory>
#include <vector>

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
            m_more = std::make_unique<std::vector<bool>>(count - 64);
    }

    [[nodiscard]] bool has(std::size_t i) const
    {
        return i < 64 ? (m_first >> i) & 1U : bool((*m_more)[i - 64]);
    }
    void add(std::size_t i)
    {
        if (i < 64)
            m_first |= quint64(1) << i;
        else
            (*m_more)[i - 64] = true;
    }
    [[nodiscard]] bool hasAll(quint64 ofTheFirst) const { return (m_first & ofTheFirst) == ofTheFirst; }

private:
    quint64 m_first = 0;
    std::unique_ptr<std::vector<bool>> m_more;
};

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
};

/** Texts tend to keep the order of the schema: the member, if it is at \a keyAt and nothing else is to be
 * seen of it than what its own schema says. */
inline const Member *Run::nextInOrder(const Object &object, const char *keyAt) const
{
    if (object.expected >= object.named || !object.rules.byNameOnly)
        return nullptr;
    const Member &likely = object.rules.names.members[object.expected];
    const bool isIt = likely.node && likely.isAt(keyAt, m_end) && !object.seen.has(object.expected);
    return isIt ? &likely : nullptr;
}

inline const char *Run::memberOf(Object &object, const Member &known, const char *keyAt)
{
    object.seen.add(object.expected++);
    const char *const value = checked::toValue(keyAt + known.quoted.size());
    const char *const behind = part(known.node, value, object.wrong);
    if (behind) {
        mark(Mark::Evaluated, keyAt);
        object.judged += behind - value;
    }
    return behind;
}

/** What can be told when all members were seen. */
inline bool Run::holdsMembers(Object &object)
{
    const ObjectRules &rules = object.rules;
    const bool isSure
        = object.seen.hasAll(rules.required) && !rules.demands && !m_defaults && !rules.count.isBound();
    return isSure || holdsAllMembers(object);
}

const char *Run::object(const Node &node, const char *at)
{
    if (!node.object)
        return pass(at);
    Object object{.rules = *node.object, .at = at};
    if (object.rules.describes)
        mark(Mark::Described, at);
    const char *reached = at;
    for (bool more = checked::first(at); more && at;) {
        ++object.count;
        reached = at;
        const Member *const likely = nextInOrder(object, at);
        at = likely ? memberOf(object, *likely, at) : member(object, at);
        more = at && checked::next(at);
    }
    charge((at ? at : reached) - object.at - object.judged);
    return at && holdsMembers(object) && !object.wrong ? at : nullptr;
}

/** Of the member whose key is at \a keyAt, too, what is behind its value. */
const char *Run::member(Object &object, const char *keyAt)
{
    const ObjectRules &rules = object.rules;
    const StringToken key = checked::string(keyAt, m_end);
    const char *const value = checked::toValue(key.text.end() + 1);
    QByteArrayView name = key.text;
    QByteArray decoded;
    if (key.escaped) {
        decoded = utf8Of(key);
        name = decoded;
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

bool Run::holdsAllMembers(Object &object)
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
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        const StringToken key = checked::string(at, m_end);
        names.insert(utf8Of(key));
        at = checked::skip(checked::toValue(key.text.end() + 1), m_end);
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
