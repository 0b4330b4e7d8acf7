#include "core/schema/run/run.h"

#include "core/schema/run/canonical.h"
#include "core/schema/run/words.h"

#include <QScopedValueRollback>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

using namespace json;

constexpr qint64 StepsPerByte = 4;

} // namespace

Run::Run(const Program &program, QByteArrayView text, const Admission &admission, int steps)
    : m_program(program)
    , m_begin(text.begin())
    , m_end(text.end())
    , m_formats(admission.formats)
    , m_defaults(admission.defaults)
    , m_tracksAll(admission.defaults || admission.unknown != UnknownMembers::Pass)
    , m_tracks(m_tracksAll)
    , m_steps(steps + StepsPerByte * text.size())
    , m_allSteps(m_steps)
    , m_reached(text.begin())
{ }

Verdict Run::verdict()
{
    const char *const behind = apply(m_program.root, m_begin);
    if (m_stopped != Verdict::Fits)
        return m_stopped;
    return behind ? Verdict::Fits : Verdict::Wrong;
}

QList<Fault> Run::explain()
{
    QList<Fault> faults;
    m_steps = m_allSteps;
    m_stopped = Verdict::Fits;
    m_faults = &faults;
    ++m_forks; // It comes to the same places again, to see which branch was meant.
    apply(m_program.root, m_begin);
    --m_forks;
    m_faults = nullptr;
    return faults;
}

const char *Run::apply(const Node *node, const char *at)
{
    node = node->target();
    if (--m_steps < 0)
        return stop(Verdict::TooManySteps);
    if (m_depth == MaxDepth)
        return stop(Verdict::TooDeep);
    ++m_depth;
    const bool again = m_forks > 0 && node->shared; // It may be, or has been.
    const char *const behind = again ? remember(*node, at)
        : node->plain                ? judgeOwn(*node, at)
                                     : judge(*node, at);
    --m_depth;
    return behind;
}

const char *Run::remember(const Node &node, const char *at)
{
    if (m_faults) {
        const char *const behind = attempt(&node, at);
        if (behind || m_stopped != Verdict::Fits || m_explained.at(&node, at).node)
            return behind;
        m_explained.insert({&node, at});
        return judge(node, at);
    }
    const Remembered known = m_memo.at(&node, at);
    if (known.node && !(known.behind && m_tracks)) { // Marks are not remembered.
        m_reached = std::max(m_reached, known.reached);
        return known.behind;
    }
    const char *const reached = std::exchange(m_reached, at);
    const char *const behind = judge(node, at);
    if (m_stopped == Verdict::Fits)
        m_memo.insert({&node, at, behind, m_reached});
    m_reached = std::max(m_reached, reached);
    return behind;
}

const char *Run::partInFull(const Node *node, const char *at, bool &wrong)
{
    const bool tracks = std::exchange(m_tracks, m_tracksAll);
    const char *const behind = apply(node, at);
    m_tracks = tracks;
    if (behind) [[likely]]
        return behind;
    wrong = true;
    return explains() ? checked::skip(at, m_end) : nullptr;
}

const char *Run::attempt(const Node *node, const char *at)
{
    const std::size_t marks = m_marks.size();
    QList<Fault> *const faults = std::exchange(m_faults, nullptr);
    const char *const behind = apply(node, at);
    m_faults = faults;
    if (!behind)
        m_marks.resize(marks, {Mark::Evaluated, nullptr});
    return behind;
}

const char *Run::judge(const Node &node, const char *at)
{
    if (m_faults && node.attachment) {
        const char *const behind = attempt(&node, at);
        if (!behind && m_stopped == Verdict::Fits)
            refuse(at, "format", [] { return u"must be a binary attachment"_s; });
        return behind;
    }
    return node.plain ? judgeOwn(node, at) : judgeWhole(node, at);
}

namespace {

/** Whether \a node says nothing itself of a value that begins with \a c, and is an array or object: the
 * schemas that are to look at it will tell where it ends. */
bool isLeftToOthers(const Node &node, char c)
{
    return node.combined && !node.values && !node.constant
        && ((c == '{' && !node.object && (node.types & types::Object))
            || (c == '[' && !node.array && (node.types & types::Array)));
}

} // namespace

const char *Run::judgeWhole(const Node &node, const char *at)
{
    const std::size_t marks = m_marks.size();
    const bool tracks = m_tracks;
    m_tracks = tracks || (node.object && node.object->unevaluated) || (node.array && node.array->unevaluated);
    m_forks += node.forks ? 1 : 0;

    const bool isLeft = isLeftToOthers(node, *at);
    const char *behind = isLeft ? at : judgeOwn(node, at);
    bool wrong = !behind;
    const bool right = types::beginningWith(*at) & node.types;
    if (node.combined && (!wrong || (explains() && right)))
        wrong = !combined(*node.combined, at, behind) || wrong;
    if (!wrong && behind == at)
        behind = pass(at);
    else if (!wrong && isLeft)
        charge(behind - at);
    if (!wrong)
        wrong = !unevaluated(node, at, marks);

    m_forks -= node.forks ? 1 : 0;
    m_tracks = tracks;
    return wrong ? nullptr : behind;
}

const char *Run::judgeOwn(const Node &node, const char *at)
{
    const unsigned type = types::beginningWith(*at);
    if (!(node.types & type)) {
        refuse(at, "type", [&] {
            return node.isFalse()
                ? u"is not allowed here"_s
                : u"must be %1, not %2"_s.arg(words::types(node.types), words::kind(textAt(at)));
        });
        return nullptr;
    }
    if ((node.values || node.constant) && !holdsValues(node, at))
        return nullptr;
    switch (type) {
    case types::String:
        return string(node, at);
    case types::Number:
        return number(node, at);
    case types::Array:
        return array(node, at);
    case types::Object:
        return object(node, at);
    default:
        return checked::skip(at, m_end);
    }
}

bool Run::holdsValues(const Node &node, const char *at)
{
    for (const Values *values : {node.constant.get(), node.values.get()}) {
        if (!values || isAmong(*values, at))
            continue;
        return refuse(at, values->isConst ? "const" : "enum", [&] {
            if (values->texts.isEmpty())
                return u"is not allowed here: enum lists no value"_s;
            return (values->isConst ? u"must be %1, not %2"_s : u"must be one of: %1; not %2"_s)
                .arg(words::list(values->texts), words::value(textAt(at)));
        });
    }
    return true;
}

bool Run::isAmong(const Values &values, const char *at)
{
    if (*at == '"') {
        const StringToken token = checked::string(at, m_end);
        return values.strings.contains(token.escaped ? QByteArrayView(utf8Of(token)) : token.text);
    }
    if (values.others.list().empty())
        return false;
    QByteArray canonical;
    const char *const behind = appendCanonical(canonical, at, m_end);
    if (!behind)
        return stop(Verdict::Ambiguous) != nullptr;
    charge(Comparing * (behind - at));
    return values.others.contains(canonical);
}

std::string_view Run::utf8(const StringToken &token)
{
    if (!token.escaped)
        return {token.text.data(), std::size_t(token.text.size())};
    m_utf8.resize(0);
    appendUtf8(m_utf8, token);
    // Lone surrogates are no UTF-8; who reads it gets what stands for a character that is none.
    for (qsizetype at = 0; (at = m_utf8.indexOf('\xed', at)) >= 0; at += 3) {
        if (uchar(m_utf8[at + 1]) >= 0xa0)
            m_utf8.replace(at, 3, "\xef\xbf\xbd");
    }
    return {m_utf8.data(), std::size_t(m_utf8.size())};
}

} // namespace dialogue::schema
