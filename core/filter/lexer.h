#pragma once

#include "core/base/export.h"

#include <QString>
#include <QStringView>

namespace dialogue::filter {

/** The smallest part of a filter's text that has a meaning. */
struct Token
{
    enum class Kind : quint8 {
        End,
        Name,
        Text,
        Number,
        Or,
        And,
        Not,
        Open,
        Close,
        OpenBracket,
        CloseBracket,
        Comma,
        Dot,
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Like,
        NotLike,
        Wrong, ///< None of these.
    };

    Kind kind = Kind::End;
    qsizetype at = 0; ///< Where it begins, in units of UTF-16.
    qsizetype length = 0;
    QString text = {}; ///< What a Text says.
    QString expected = {}; ///< Of what is Wrong, where that is known.
    QString meant = {}; ///< Of what is Wrong: what it may have been meant to be.

    [[nodiscard]] qsizetype end() const { return at + length; }
};

/** Takes a filter's text apart. Behind something Wrong it goes on, for who wants to know what follows. */
class DIALOGUE_CORE_EXPORT Lexer
{
public:
    /** \a text must outlive it. */
    explicit Lexer(QStringView text)
        : m_text(text)
    { }

    /** At the end End, again and again. */
    Token next();

private:
    Token taken(Token::Kind kind, qsizetype length);
    Token wrong(qsizetype length, const QString &expected, const QString &meant = {});
    Token name();
    Token number();
    Token string();
    Token operators();
    bool appendEscape(QString &text);

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace dialogue::filter
