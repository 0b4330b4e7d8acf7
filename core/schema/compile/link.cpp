#include "core/schema/compile/link.h"

#include "core/schema/compile/tellapart.h"

#include <QHash>

#include <algorithm>
#include <functional>

namespace dialogue::schema {

namespace {

/** The schemas that \a node applies to the value it is applied to. */
std::vector<const Node *> onSameValue(const Node &node)
{
    std::vector<const Node *> nodes;
    const auto add = [&nodes](const Node *each) {
        if (each)
            nodes.push_back(each);
    };
    add(node.only);
    if (node.object) {
        for (const Member &member : node.object->names.members)
            add(member.dependent);
    }
    if (const Combined *combined = node.combined.get()) {
        for (const Node *each : combined->all)
            add(each);
        for (const Branches &branches : combined->any) {
            for (const Branch &branch : branches.list)
                add(branch.node);
        }
        for (const Node *each : {combined->no, combined->condition, combined->then, combined->otherwise})
            add(each);
    }
    return nodes;
}

/** Finds a circle. Not by recursion: references may be in a long row. */
const Node *findEndless(const Program &program)
{
    enum class State { New, Open, Done };
    QHash<const Node *, State> states;
    for (const Node &start : program.nodes) {
        std::vector<const Node *> stack{&start};
        while (!stack.empty()) {
            const Node *node = stack.back();
            State &state = states[node];
            if (state != State::New) {
                state = State::Done;
                stack.pop_back();
                continue;
            }
            state = State::Open;
            for (const Node *next : onSameValue(*node)) {
                const State known = states.value(next);
                if (known == State::Open)
                    return node;
                if (known == State::New)
                    stack.push_back(next);
            }
        }
    }
    return nullptr;
}

/** Bounds for whole numbers of few digits, where all of them are such. */
void narrow(NumberRules &rules)
{
    qint64 least = std::numeric_limits<qint64>::min();
    qint64 most = std::numeric_limits<qint64>::max();
    for (const Bound &bound : rules.bounds) {
        bool isWhole = false;
        const qint64 limit = bound.text.toLongLong(&isWhole);
        if (!isWhole || bound.text.size() > 18)
            return;
        switch (bound.kind) {
        case Bound::Minimum:
            least = std::max(least, limit);
            break;
        case Bound::Maximum:
            most = std::min(most, limit);
            break;
        case Bound::ExclusiveMinimum:
            least = std::max(least, limit + 1);
            break;
        case Bound::ExclusiveMaximum:
            most = std::min(most, limit - 1);
            break;
        case Bound::MultipleOf:
            rules.divisor = limit;
            break;
        }
    }
    rules.least = least;
    rules.most = most;
}

void finish(ObjectRules &object)
{
    const std::vector<Member> &members = object.names.members;
    object.byNameOnly = object.patterns.empty() && !object.memberNames;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (members[i].required && i < 64)
            object.required |= quint64(1) << i;
        object.demands = object.demands || !members[i].needs.empty() || members[i].dependent
            || (members[i].required && i >= 64);
    }
}

/** Whether parts of a value may be looked at several times on behalf of \a node. */
bool forks(const Node &node)
{
    std::size_t ways = onSameValue(node).size();
    if (node.combined) {
        for (const Branches &branches : node.combined->any) // How many are looked into shows at run time.
            ways -= branches.list.size() - 1;
    }
    if (const ObjectRules *object = node.object.get()) {
        const bool members = std::ranges::any_of(object->names.members, &Member::node);
        ways += (members || object->additional ? 1 : 0) + object->patterns.size();
    }
    if (const ArrayRules *array = node.array.get())
        ways += (array->items || !array->prefix.empty() ? 1 : 0) + (array->contains ? 1 : 0);
    return ways > 1;
}

/** Of a plain \a node. */
Sure sureOf(const Node &node)
{
    Sure sure;
    if (node.values || node.constant)
        return sure;
    sure.types = node.types & (types::Null | types::Boolean | types::Whole | types::String);
    if (node.string) {
        sure.length = node.string->length;
        if (node.string->pattern || node.string->format)
            sure.types &= ~unsigned(types::String);
    }
    if (node.number) {
        sure.least = node.number->least;
        sure.most = node.number->most;
        if (node.number->divisor != 1)
            sure.types &= ~unsigned(types::Whole);
    }
    return sure;
}

} // namespace

const Node *link(Program &program)
{
    if (const Node *endless = findEndless(program))
        return endless;
    for (Node &node : program.nodes) {
        if (node.number)
            narrow(*node.number);
        if (node.object)
            finish(*node.object);
        node.forks = forks(node);
        node.plain = !node.combined && !node.forks && !node.attachment
            && !(node.object && node.object->unevaluated) && !(node.array && node.array->unevaluated);
        if (node.plain)
            node.sure = sureOf(node);
    }
    for (Node &node : program.nodes) {
        if (node.only) {
            node.sure = node.target()->sure;
            node.shared = true;
        }
        if (!node.combined)
            continue;
        for (Branches &branches : node.combined->any)
            tellApart(branches);
    }
    return nullptr;
}

} // namespace dialogue::schema
