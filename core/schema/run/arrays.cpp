#include "core/schema/run/canonical.h"
#include "core/schema/run/run.h"
#include "core/schema/run/words.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

using namespace json;

struct Run::Array
{
    const ArrayRules &rules;
    qsizetype count = 0;
    qsizetype containing = 0;
    qsizetype judged = 0; ///< Bytes of items that other schemas looked at, and took steps for.
    bool wrong = false;
};

/** Of an item that \a array looks for: what is behind it if it is one. */
const char *Run::contained(Array &array, const char *at)
{
    const bool tracks = std::exchange(m_tracks, m_tracksAll);
    const char *const behind = attempt(array.rules.contains, at);
    m_tracks = tracks;
    array.containing += behind ? 1 : 0;
    if (behind && array.rules.containsEvaluates)
        mark(Mark::Evaluated, at);
    return behind;
}

/** Of the item at \a at, too, what is behind it. */
inline const char *Run::item(Array &array, const char *at)
{
    const ArrayRules &rules = array.rules;
    const auto index = std::size_t(array.count++);
    const char *behind = rules.contains ? contained(array, at) : nullptr;
    if (m_stopped != Verdict::Fits)
        return nullptr;
    if (const Node *const node = index < rules.prefix.size() ? rules.prefix[index] : rules.items) {
        mark(Mark::Evaluated, at);
        behind = part(node, at, array.wrong);
        if (!behind)
            return nullptr;
    }
    array.judged += behind ? behind - at : 0;
    return behind ? behind : checked::skip(at, m_end);
}

const char *Run::array(const Node &node, const char *at)
{
    if (!node.array)
        return pass(at);
    const ArrayRules &rules = *node.array;
    Array array{.rules = rules};
    const char *const begin = at;
    const char *reached = at;
    for (bool more = checked::first(at); more && at;) {
        reached = at;
        at = item(array, at);
        more = at && checked::next(at);
    }
    charge((at ? at : reached) - begin - array.judged);
    const bool isSure = rules.count.allows(array.count) && !rules.contains && !rules.unique;
    return at && (isSure || holdsArray(array, begin)) && !array.wrong ? at : nullptr;
}

bool Run::holdsArray(const Array &array, const char *at)
{
    const ArrayRules &rules = array.rules;
    const qsizetype count = array.count;
    const qsizetype containing = array.containing;
    if (count < rules.count.least)
        return refuse(at, "minItems", [&] {
            return u"must have at least %1, has %2"_s.arg(words::counted(rules.count.least, "item"))
                .arg(count);
        });
    if (count > rules.count.most)
        return refuse(at, "maxItems", [&] {
            return u"must have at most %1, has %2"_s.arg(words::counted(rules.count.most, "item")).arg(count);
        });
    if (rules.contains && containing < rules.containsCount.least)
        return refuse(at, rules.containsCount.least == 1 ? "contains" : "minContains", [&] {
            return rules.containsCount.least == 1
                ? u"has no item of the required form"_s
                : u"must have at least %1 of the required form, has %2"_s
                      .arg(words::counted(rules.containsCount.least, "item"))
                      .arg(containing);
        });
    if (rules.contains && containing > rules.containsCount.most)
        return refuse(at, "maxContains", [&] {
            return u"must have at most %1 of a certain form, has %2"_s
                .arg(words::counted(rules.containsCount.most, "item"))
                .arg(containing);
        });
    return !rules.unique || isUnique(at);
}

bool Run::isUnique(const char *at)
{
    QSet<QByteArray> seen;
    const char *const begin = at;
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        QByteArray canonical;
        const char *const item = at;
        at = appendCanonical(canonical, at, m_end);
        if (!at)
            return stop(Verdict::Ambiguous) != nullptr;
        charge(Comparing * (at - item));
        const qsizetype before = seen.size();
        seen.insert(canonical);
        if (seen.size() == before)
            return refuse(begin, "uniqueItems", [&] {
                return u"must not have the same item twice, has %1"_s.arg(words::value({item, at}));
            });
    }
    charge(Comparing * (at - begin)); // Items may be too small for any.
    return true;
}

namespace {

/** The places of marks since \a before that say that something was evaluated, in order. */
std::vector<const char *> evaluated(const std::vector<Mark> &marks, std::size_t before)
{
    std::vector<const char *> places;
    for (std::size_t i = before; i < marks.size(); ++i) {
        if (marks[i].kind == Mark::Evaluated)
            places.push_back(marks[i].at);
    }
    std::ranges::sort(places);
    return places;
}

} // namespace

bool Run::unevaluated(const Node &node, const char *at, std::size_t marksBefore)
{
    const bool isObject = *at == '{';
    const Node *const rest = isObject ? (node.object ? node.object->unevaluated : nullptr)
        : *at == '[' && node.array    ? node.array->unevaluated
                                      : nullptr;
    if (!rest)
        return true;
    const std::vector<const char *> known = evaluated(m_marks, marksBefore);
    charge(qsizetype(m_marks.size() - marksBefore));
    bool wrong = false;
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        const char *const begin = at;
        if (isObject)
            at = checked::toValue(checked::string(at, m_end).text.end() + 1);
        if (std::ranges::binary_search(known, begin)) {
            at = pass(at);
            continue;
        }
        if (rest->isFalse()) {
            wrong = true;
            refuse(begin, isObject ? "unevaluatedProperties" : "unevaluatedItems",
                   [] { return u"is not allowed here"_s; });
            at = explains() ? checked::skip(at, m_end) : nullptr;
        } else {
            at = part(rest, at, wrong);
        }
        if (!at)
            return false;
        mark(Mark::Evaluated, begin);
    }
    return !wrong;
}

} // namespace dialogue::schema
