#include "core/schema/run/glance.h"
#include "core/schema/run/words.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

using namespace json;

bool Run::combined(const Combined &rules, const char *at, const char *&behind)
{
    bool right = true;
    for (const Node *each : rules.all) {
        const char *const end = apply(each, at);
        behind = end ? end : behind;
        right = end && right;
        if (!right && !explains())
            return false;
    }
    for (const Branches &each : rules.any) {
        right = branches(each, at, behind) && right;
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
        const char *const value = glance.valueOf(probe);
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
