#include "core/schema/compile/tellapart.h"

#include <QHash>

#include <algorithm>

namespace dialogue::schema {

namespace {

constexpr int GlanceDepth = 4; // references and allOf that are looked through for what tells a branch

bool isTag(const Node &node)
{
    const auto isScalar
        = [](const QByteArray &text) { return !text.startsWith('{') && !text.startsWith('['); };
    const Values *values = node.constant ? node.constant.get() : node.values.get();
    return values && std::ranges::all_of(values->texts, isScalar);
}

/** What shows of a branch at a glance. */
struct Look
{
    unsigned types = types::Any;
    std::vector<QByteArray> required;
    std::vector<std::pair<QByteArray, const Node *>> tags;
    std::vector<std::pair<QByteArray, Possible>> possible; ///< What may stand in members that are no tags.
};

/** What \a node allows of a value, as far as it shows without a look into that. */
Possible possibleOf(const Node &node)
{
    Possible possible;
    possible.types = node.types;
    if (node.string) {
        constexpr qsizetype MostBytes = 12; // of a character: two escapes
        const Count &length = node.string->length;
        possible.bytes.least = length.least;
        if (length.most < Count::Unbounded / MostBytes)
            possible.bytes.most = length.most * MostBytes;
    }
    if (node.number && node.number->least <= node.number->most) {
        possible.least = node.number->least;
        possible.most = node.number->most;
    }
    return possible;
}

void lookAt(const Node *node, Look &look, int depth)
{
    node = node->target();
    look.types &= node->types;
    if (const ObjectRules *object = node->object.get()) {
        for (const Member &member : object->names.members) {
            if (member.required)
                look.required.push_back(member.name);
            const Node *const of = member.node ? member.node->target() : nullptr;
            if (of && isTag(*of))
                look.tags.emplace_back(member.name, of);
            else if (of && possibleOf(*of) != Possible())
                look.possible.emplace_back(member.name, possibleOf(*of));
        }
    }
    if (!node->combined || depth == 0)
        return;
    for (const Node *each : node->combined->all)
        lookAt(each, look, depth - 1);
}

void selectByFirstTag(Branches &branches)
{
    branches.selector = 0; // What tags the first branch has stands first.
    for (const Branch &branch : branches.list) {
        for (const auto &[probe, node] : branch.tags) {
            if (probe != branches.selector)
                continue;
            const Values &values = node->constant ? *node->constant : *node->values;
            for (const QByteArray &text : values.strings.list()) {
                const std::size_t number = branches.selecting.add(text);
                branches.selected.resize(branches.selecting.list().size());
                branches.selected[number].push_back(&branch);
            }
            break;
        }
    }
}

/** Members of which not all \a looks say the same: a few are enough. */
QList<QByteArray> tellingMembers(const std::vector<Look> &looks)
{
    constexpr qsizetype Enough = 8;
    struct Said
    {
        Possible first;
        bool same = true;
        std::size_t times = 0;
    };
    QHash<QByteArray, Said> members;
    QList<QByteArray> order;
    for (const Look &look : looks) {
        for (const auto &[name, possible] : look.possible) {
            Said &said = members[name];
            if (said.times++ == 0) {
                said.first = possible;
                order += name;
            }
            said.same = said.same && said.first == possible;
        }
    }
    erase_if(order, [&](const QByteArray &name) {
        const Said said = members.value(name);
        return said.same && said.times == looks.size();
    });
    return order.first(std::min(order.size(), Enough));
}

} // namespace

void tellApart(Branches &branches)
{
    std::vector<Look> looks;
    for (Branch &branch : branches.list) {
        Look &look = looks.emplace_back();
        lookAt(branch.node, look, GlanceDepth);
        branch.types = look.types;
    }
    std::erase_if(looks, [](const Look &look) { return !(look.types & types::Object); });
    if (branches.list.size() < 2 || looks.size() < 2)
        return;
    const auto requiresIt = [](const Look &look, const QByteArray &name) {
        return std::ranges::find(look.required, name) != look.required.end();
    };
    const QList<QByteArray> telling = tellingMembers(looks);
    branches.tagsAreCommon = true;
    for (Branch &branch : branches.list) {
        Look look;
        lookAt(branch.node, look, GlanceDepth);
        if (!(look.types & types::Object))
            continue;
        for (const auto &known : look.tags) {
            const QByteArray &name = known.first;
            const std::size_t probe = branches.probes.add(name);
            branches.probes.members[probe].required = true;
            branch.tags.emplace_back(probe, known.second);
            branches.tagsAreCommon
                = branches.tagsAreCommon && std::ranges::all_of(looks, [&](const Look &each) {
                      return std::ranges::any_of(each.tags,
                                                 [&](const auto &tag) { return tag.first == name; });
                  });
        }
        for (const auto &[name, possible] : look.possible) {
            if (telling.contains(name))
                branch.possible.emplace_back(branches.probes.add(name), possible);
        }
        for (const QByteArray &name : look.required) {
            if (std::ranges::all_of(looks, [&](const Look &each) { return requiresIt(each, name); }))
                continue;
            if (const std::size_t probe = branches.probes.add(name); probe < 64)
                branch.required |= quint64(1) << probe;
        }
    }
    branches.tags = std::ranges::count_if(branches.probes.members, &Member::required);
    if (branches.tagsAreCommon && branches.tags > 0)
        selectByFirstTag(branches);
}

} // namespace dialogue::schema
