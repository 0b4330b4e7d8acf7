#include "core/schema/run/canonical.h"
#include "core/schema/run/glance.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

using namespace json;

namespace {

/** The number of the name in its quotes at \a at, which is looked for among the next few. */
std::size_t findNext(const Names &names, std::size_t expected, const char *at, const char *end)
{
    constexpr std::size_t Few = 3;
    const std::size_t count = names.members.size();
    for (std::size_t i = expected; i < std::min(count, expected + Few); ++i) {
        if (names.members[i].isAt(at, end))
            return i;
    }
    return Names::Npos;
}

} // namespace

/** Whether the tags are such as \a branch allows. */
bool Run::hasTags(const Branch &branch, const Glance &glance)
{
    return std::ranges::all_of(branch.tags, [&](const auto &tag) {
        const auto &[probe, node] = tag;
        const char *const value = glance.valueOf(probe);
        return !value
            || ((!node->constant || isAmong(*node->constant, value))
                && (!node->values || isAmong(*node->values, value)));
    });
}

bool Run::mayFit(const Branch &branch, const Glance &glance, bool requiredToo)
{
    if (!(branch.types & glance.type))
        return false;
    return glance.parts.isEmpty()
        || (hasTags(branch, glance) && (!requiredToo || glance.hasAll(branch.required)));
}

/** Whether \a branch is to be looked into: it may fit, and no member is what it does not allow. */
inline bool Run::isCandidate(const Branch &branch, const Glance &glance)
{
    if (!(branch.types & glance.type))
        return false;
    if (glance.parts.isEmpty())
        return true;
    if ((!branch.tags.empty() && !hasTags(branch, glance)) || !glance.hasAll(branch.required))
        return false;
    for (const auto &[probe, possible] : branch.possible) {
        const GlancePart &part = glance.parts.constData()[probe];
        if (!part.at || part.mayBe(possible))
            continue;
        m_reached = std::max(m_reached, part.at); // As far as it was looked at.
        return false;
    }
    return true;
}

bool Run::branches(const Branches &branches, const char *at, const char *&behind)
{
    Glance glance{.at = at, .type = types::beginningWith(*at), .parts = {}};
    if (glance.type == types::Object && !branches.probes.members.empty())
        this->glance(branches, glance);
    QVarLengthArray<const Branch *, 16> candidates;
    visitSelected(branches, glance, [&](const Branch &branch) {
        if (isCandidate(branch, glance))
            candidates.append(&branch);
    });
    const int forks = candidates.size() > 1 ? 1 : 0;
    m_forks += forks;
    ++m_branches;
    int fitting = 0;
    for (const Branch *branch : candidates) {
        const char *const end = attempt(branch->node, at);
        behind = end ? end : behind;
        fitting += end ? 1 : 0;
        if (m_stopped != Verdict::Fits
            || (fitting == (branches.exactlyOne ? 2 : 1) && !m_tracks && !m_faults))
            break;
    }
    --m_branches;
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
    const char *const tag = branches.selector == Names::Npos ? nullptr : glance.valueOf(branches.selector);
    if (!tag || *tag != '"') {
        std::ranges::for_each(branches.list, visit);
        m_steps -= qint64(branches.list.size() / BranchesPerStep);
        return;
    }
    const StringToken token = checked::string(tag, m_end);
    const std::size_t text
        = branches.selecting.find(token.escaped ? QByteArrayView(utf8Of(token)) : token.text);
    if (text == Texts::Npos)
        return;
    const std::vector<const Branch *> &found = branches.selected[text];
    for (const Branch *branch : found)
        visit(*branch);
    m_steps -= qint64(found.size() / BranchesPerStep);
}

/** checked::skip() of what schemas further in may skip, too: all ends in it are found at once. */
const char *Run::skipAgain(const char *at)
{
    constexpr qsizetype Short = 256; // bytes; these are skipped before there is room for what is found
    const bool isOnce = m_branches == 0 && m_end - at < Short;
    if (isOnce || (*at != '{' && *at != '['))
        return checked::skip(at, m_end);
    if (const char *const behind = m_ends.find(at))
        return behind;
    m_ends.read(at, m_end);
    return m_ends.find(at);
}

/** Of the value at \a at: what of it can be held to a Possible. Gives what is behind. */
const char *Run::seePart(GlancePart &part, const char *at)
{
    constexpr qsizetype FewDigits = 18;
    part.at = at;
    part.type = types::beginningWith(*at);
    const char *const behind = skipAgain(at);
    if (part.type == types::String) {
        part.leastBytes = part.mostBytes = behind - at - 2;
    } else if (part.type == types::Number && behind - at <= FewDigits) {
        const char *const digits = *at == '-' ? at + 1 : at;
        if (std::all_of(digits, behind, isDigit)) {
            qint64 number = 0;
            for (const char *digit = digits; digit < behind; ++digit)
                number = number * 10 + (*digit - '0');
            part.least = part.most = digits == at ? number : -number;
        }
    }
    return behind;
}

void Run::glance(const Branches &branches, Glance &glance)
{
    const Names &probes = branches.probes;
    if (m_branches > 0 && !m_ends.find(glance.at))
        m_ends.read(glance.at, m_end);
    glance.parts.resize(qsizetype(probes.members.size()));
    qsizetype tags = branches.tags;
    quint64 present = 0;
    const char *at = glance.at;
    std::size_t expected = 0;
    for (bool more = checked::first(at); more; more = checked::next(at)) {
        std::size_t i = findNext(probes, expected, at, m_end);
        if (i != Names::Npos) {
            at += probes.members[i].quoted.size();
        } else {
            const StringToken key = checked::string(at, m_end);
            const auto name = utf8(key);
            i = probes.find({name.data(), qsizetype(name.size())}, expected);
            at = key.text.end() + 1;
        }
        at = checked::toValue(at);
        if (i == Names::Npos) {
            at = skipAgain(at);
            continue;
        }
        expected = i + 1;
        GlancePart &part = glance.parts[qsizetype(i)];
        if (part.at) {
            stop(Verdict::Ambiguous);
            return;
        }
        if (i < 64)
            present |= quint64(1) << i;
        // Where the tags leave one branch, it will look at the rest itself.
        if (probes.members[i].required && --tags == 0 && branches.tagsAreCommon) {
            part.at = at;
            part.type = types::beginningWith(*at);
            int left = 0;
            visitSelected(branches, glance,
                          [&](const Branch &each) { left += mayFit(each, glance, false) ? 1 : 0; });
            if (left <= 1) {
                charge(at - glance.at);
                return;
            }
        }
        at = seePart(part, at);
    }
    if (!m_defaults)
        glance.present = present;
    charge(at - glance.at);
}

} // namespace dialogue::schema
