#include "core/filter/parser_p.h"

#include "core/base/foreigntext.h"

#include <QHash>

namespace dialogue::filter {

using namespace Qt::StringLiterals;

/** The words of other languages, and of the wire, for what is called otherwise here. */
QString Parser::otherWord(const QString &word) const
{
    static const QHash<QString, QString> words{
        {u"and"_s, u"&&"_s},          {u"or"_s, u"||"_s},        {u"not"_s, u"!"_s},
        {u"is"_s, u"=="_s},           {u"equals"_s, u"=="_s},    {u"like"_s, u"~"_s},
        {u"matches"_s, u"~"_s},       {u"contains"_s, u"~"_s},   {u"roomid"_s, u"room"_s},
        {u"eventname"_s, u"event"_s}, {u"name"_s, u"event"_s},   {u"user"_s, u"from"_s},
        {u"userid"_s, u"from"_s},     {u"sender"_s, u"from"_s},  {u"timestamp"_s, u"time"_s},
        {u"ts"_s, u"time"_s},         {u"payload"_s, u"data"_s}, {u"bytes"_s, u"size"_s},
        {u"length"_s, u"size"_s},
    };
    const QString other = words.value(word.toLower());
    return filterFieldCalled(other) && !operandNames().contains(other) ? QString() : other;
}

QString Parser::anOperand() const
{
    return u"%1 (%2) or a value"_s.arg(m_names.isEmpty() ? u"a field"_s : u"a name"_s,
                                       operandNames().join(u", "_s));
}

std::nullopt_t Parser::failAt(const Token &token, const QString &expected, const QString &meant)
{
    m_fault.at = token.at;
    m_fault.length = token.length;
    m_fault.found
        = token.kind == Token::Kind::End ? u"the end"_s : quoted(m_text.sliced(token.at, token.length));
    m_fault.expected = token.expected.isEmpty() ? expected : token.expected;
    m_fault.meant = token.meant.isEmpty() ? meant : token.meant;
    return std::nullopt;
}

std::nullopt_t Parser::fail(const QString &expected)
{
    return failAt(m_token, expected, otherWord(word().toString()));
}

} // namespace dialogue::filter
