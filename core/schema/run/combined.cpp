#include "core/schema/run/canonical.h"
#include "core/schema/run/run.h"
#include "core/schema/run/words.h"

#include <QStringList>
#include <QVarLengthArray>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

using namespace json;

/** What a first look at a value shows: its type, and where an object's telling members are. */
struct Run::Glance
{
    const char *at;
    unsigned type;
    QVarLengthArray<const char *, 16> members; ///< Their values, by their number in Branches::probes.
    bool whole = false; ///< All of it was looked through.
};

bool Run::combined(const Combined &rules, const char *at)
{
    bool right = true;
    for (const Node *each : rules.all) {
        right = apply(each, at) && right;
        if (!right && !explains())
            return false;
    }
    for (const Branches &each : rules.any) {
        right = branches(each, at) && right;
        if (!right && !explains())
            return false;
    }
    if (rules.no) {
        const std::size_t marks = m_marks.size();
        const bool fits = attempt(rules.no, at);
        m_marks.resize(marks, {Mark::Evaluated, nullptr});
        if (m_stopped != Verdict::Fits)
            return false;
        if (fits)
            right = refuse(at, "not", [] { return u"has a form that is not allowed here"_s; });
    }
    if (rules.condition) {
        const bool fits = attempt(rules.condition, at);
        if (m_stopped != Verdict::Fits)
            return false;
        if (const Node *next = fits ? rules.then : rules.otherwise)
            right = apply(next, at) && right;
    }
    return right;
}

bool Run::branches(const Branches &branches, const char *at)
{
    static constexpr auto typeOf = [](char c) -> unsigned {
        switch (c) {
        case '{':
            return types::Object;
        case '[':
            return types::Array;
        case '"':
            return types::String;
        case 't':
        case 'f':
            return types::Boolean;
        case 'n':
            return types::Null;
        default:
            return types::Number;
        }
    };
    Glance glance{.at = at, .type = typeOf(*at), .members = {}};
    if (glance.type == types::Object && !branches.probes.members.empty())
        this->glance(branches, glance);
    QVarLengthArray<const Branch *, 16> candidates;
    visitSelected(branches, glance, [&](const Branch &branch) {
        if (mayFit(branch, glance, true))
            candidates.append(&branch);
    });
    const int forks = candidates.size() > 1 ? 1 : 0;
    m_forks += forks;
    int fitting = 0;
    for (const Branch *branch : candidates) {
        fitting += attempt(branch->node, at) ? 1 : 0;
        if (m_stopped != Verdict::Fits
            || (fitting == (branches.exactlyOne ? 2 : 1) && !m_tracks && !m_faults))
            break;
    }
    m_forks -= forks;
    if (m_stopped != Verdict::Fits)
        return false;
    if (fitting == 1 || (fitting > 1 && !branches.exactlyOne))
        return true;
    if (fitting > 1)
        return refuse(at, "oneOf", [&] {
            return u"matches %1 of the allowed forms; it must match exactly one"_s.arg(fitting);
        });
    m_reached = std::max(m_reached, at);
    if (explains())
        explainBranches(branches, glance);
    return false;
}

template <class Visit>
void Run::visitSelected(const Branches &branches, const Glance &glance, const Visit &visit)
{
    constexpr std::size_t BranchesPerStep = 4;
    const char *const tag = branches.selector == Names::Npos || glance.members.isEmpty()
        ? nullptr
        : glance.members[qsizetype(branches.selector)];
    if (!tag || *tag != '"') {
        std::ranges::for_each(branches.list, visit);
        m_steps -= qint64(branches.list.size() / BranchesPerStep);
        return;
    }
    const auto found = branches.selected.constFind(utf8In(checked::string(tag, m_end)));
    if (found == branches.selected.cend())
        return;
    for (const Branch *branch : *found)
        visit(*branch);
    m_steps -= qint64(found->size() / BranchesPerStep);
}

void Run::glance(const Branches &branches, Glance &glance)
{
    const Names &probes = branches.probes;
    glance.members.resize(qsizetype(probes.members.size()));
    std::fill(glance.members.begin(), glance.members.end(), nullptr);
    qsizetype tags = branches.tags;
    const char *at = glance.at;
    std::size_t expected = 0;
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        const StringToken key = checked::string(at, m_end);
        at = checked::toValue(key.text.end() + 1);
        const auto name = utf8(key);
        const std::size_t i = probes.find({name.data(), qsizetype(name.size())}, expected);
        if (i != Names::Npos) {
            expected = i + 1;
            if (glance.members[qsizetype(i)]) {
                stop(Verdict::Ambiguous);
                return;
            }
            glance.members[qsizetype(i)] = at;
            // Where the tags leave one branch, it will look at the rest itself.
            if (probes.members[i].required && --tags == 0 && branches.tagsAreCommon) {
                int left = 0;
                visitSelected(branches, glance,
                              [&](const Branch &each) { left += mayFit(each, glance, false) ? 1 : 0; });
                if (left <= 1) {
                    charge(at - glance.at);
                    return;
                }
            }
        }
        at = checked::skip(at, m_end);
    }
    glance.whole = true;
    charge(at - glance.at);
}

bool Run::mayFit(const Branch &branch, const Glance &glance, bool requiredToo)
{
    if (!(branch.types & glance.type))
        return false;
    if (glance.members.isEmpty())
        return true;
    for (const auto &[probe, node] : branch.tags) {
        const char *const value = glance.members[qsizetype(probe)];
        if (value
            && ((node->constant && !isAmong(*node->constant, value))
                || (node->values && !isAmong(*node->values, value))))
            return false;
    }
    return !requiredToo || !glance.whole || std::ranges::all_of(branch.required, [&](std::size_t probe) {
        return m_defaults || glance.members[qsizetype(probe)];
    });
}

void Run::explainBranches(const Branches &branches, const Glance &glance)
{
    std::vector<const Branch *> candidates;
    unsigned allowed = 0;
    for (const Branch &branch : branches.list) {
        allowed |= branch.types;
        if (branch.types & glance.type)
            candidates.push_back(&branch);
    }
    const char *const rule = branches.exactlyOne ? "oneOf" : "anyOf";
    if (candidates.empty()) {
        refuse(glance.at, rule, [&] {
            return u"must be %1, not %2"_s.arg(words::types(allowed), words::kind(textAt(glance.at)));
        });
        return;
    }
    std::erase_if(candidates, [&](const Branch *branch) { return !mayFit(*branch, glance, false); });
    if (candidates.empty()) {
        if (!explainTags(branches, glance))
            refuse(glance.at, rule, [] { return u"has none of the allowed forms"_s; });
        return;
    }
    std::vector<const Branch *> complete;
    std::ranges::copy_if(candidates, std::back_inserter(complete),
                         [&](const Branch *branch) { return mayFit(*branch, glance, true); });
    explainAlternatives(complete.empty() ? candidates : complete, glance.at);
}

/** No branch has such a tag: which are there? */
bool Run::explainTags(const Branches &branches, const Glance &glance)
{
    for (std::size_t probe = 0; probe < branches.probes.members.size(); ++probe) {
        const char *const value = glance.members.value(qsizetype(probe));
        QList<QByteArray> texts;
        bool known = !value;
        for (const Branch &branch : branches.list) {
            for (const auto &[tag, node] : branch.tags) {
                const Values *const values = node->constant ? node->constant.get() : node->values.get();
                if (tag != probe || known)
                    continue;
                texts += values->texts;
                known = isAmong(*values, value);
            }
        }
        if (known || texts.isEmpty())
            continue;
        refuse(value, "const", [&] {
            return u"must be one of: %1; not %2"_s.arg(words::list(texts), words::value(textAt(value)));
        });
        return true;
    }
    return false;
}

void Run::explainAlternatives(const std::vector<const Branch *> &candidates, const char *at)
{
    if (candidates.size() == 1) {
        apply(candidates.front()->node, at);
        return;
    }
    // The one that got furthest is most likely the one that was meant.
    const Branch *meant = candidates.front();
    const char *furthest = nullptr;
    const char *const reached = m_reached;
    for (const Branch *branch : candidates) {
        m_reached = at;
        attempt(branch->node, at);
        if (!furthest || m_reached > furthest) {
            furthest = m_reached;
            meant = branch;
        }
    }
    m_reached = std::max(reached, furthest);
    if (furthest > at) {
        apply(meant->node, at);
        return;
    }
    QStringList texts;
    QList<Fault> firsts;
    for (const Branch *branch : candidates) {
        QList<Fault> faults;
        QList<Fault> *const outer = std::exchange(m_faults, &faults);
        apply(branch->node, at);
        m_faults = outer;
        if (faults.isEmpty())
            continue;
        const Fault &fault = faults.constFirst();
        if (!firsts.contains(fault))
            firsts += fault;
        const QString text = fault.member.isEmpty()
            ? fault.message
            : u"%1 %2"_s.arg(words::shortened(QString::fromUtf8(fault.member)), fault.message);
        if (!texts.contains(text))
            texts += text;
    }
    if (firsts.size() == 1)
        add(firsts.constFirst());
    else
        refuse(at, "anyOf", [&] { return texts.join(u", or "_s); });
}

} // namespace dialogue::schema
