#include "core/base/logcontext.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

thread_local const LogScope *currentScope = nullptr;

bool isHex(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar each) {
        return (each >= u'0' && each <= u'9') || (each >= u'a' && each <= u'f');
    });
}

bool isZero(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar each) { return each == u'0'; });
}

} // namespace

LogScope::LogScope(const LogSubject &subject)
    : m_subject(subject)
    , m_outer(std::exchange(currentScope, this))
{ }

LogScope::~LogScope() { currentScope = m_outer; }

LogIds LogScope::current() { return currentScope ? currentScope->m_subject.logIds() : LogIds(); }

QString traceParentOf(const QString &text)
{
    constexpr qsizetype Length = 2 + 1 + 32 + 1 + 16 + 1 + 2;
    if (text.size() != Length)
        return {};
    const QStringView view(text);
    const QStringView trace = view.sliced(3, 32);
    const QStringView parent = view.sliced(36, 16);
    const bool isDivided = view[2] == u'-' && view[35] == u'-' && view[52] == u'-';
    const bool isHexadecimal
        = isHex(view.first(2)) && isHex(trace) && isHex(parent) && isHex(view.sliced(53, 2));
    if (!isDivided || !isHexadecimal || view.startsWith(u"ff") || isZero(trace) || isZero(parent))
        return {};
    return text;
}

} // namespace dialogue
