#include "server/types/cppwords.h"

#include <QRegularExpression>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** What moc reads as a type, or a macro of the headers makes something else of. */
bool isSomethingElseToMoc(const QString &name)
{
    static const QSet<QString> words{
        u"bitand"_s,   u"const"_s,  u"double"_s,   u"int"_s,      u"long"_s,   u"signed"_s,  u"unsigned"_s,
        u"volatile"_s, u"linux"_s,  u"unix"_s,     u"NULL"_s,     u"EOF"_s,    u"NAN"_s,     u"INFINITY"_s,
        u"TRUE"_s,     u"FALSE"_s,  u"errno"_s,    u"stdin"_s,    u"stdout"_s, u"stderr"_s,  u"signals"_s,
        u"slots"_s,    u"emit"_s,   u"foreach"_s,  u"forever"_s,  u"assert"_s, u"major"_s,   u"minor"_s,
        u"makedev"_s,  u"BUFSIZ"_s, u"RAND_MAX"_s, u"HUGE_VAL"_s, u"DOMAIN"_s, u"OVERFLOW"_s};
    static const QRegularExpression patterns(
        u"^(__.*|_[A-Z].*|Q_.*|QT_.*|E[A-Z0-9]*(PERM|NOENT|INTR|IO|DOM|RANGE|ILSEQ|XIST)|SIG[A-Z0-9]+|[A-Z0-9_]+_(MAX|MIN|BIT)|(SEEK|FE|FP|LC|CLOCK|PTHREAD|STDC)_.*)$"_s);
    return words.contains(name) || patterns.match(name).hasMatch();
}

bool isIdentifier(const QString &name)
{
    static const QRegularExpression identifier(u"^[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    return identifier.match(name).hasMatch();
}

} // namespace

const QSet<QString> &reservedInCpp()
{
    static const QSet<QString> words = [] {
        const QString text
            = u"alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t "
              "char32_t class compl concept const consteval constexpr constinit const_cast continue co_await "
              "co_return co_yield decltype default delete do double dynamic_cast else enum explicit export "
              "extern "
              "false float for friend goto if inline int long mutable namespace new noexcept not not_eq "
              "nullptr "
              "operator or or_eq private protected public register reinterpret_cast requires return short "
              "signed "
              "sizeof static static_assert static_cast struct switch template this thread_local throw true "
              "try "
              "typedef typeid typename union unsigned using virtual void volatile wchar_t while xor xor_eq "
              "std dialogue qint64 emit signals slots foreach forever linux unix errno stdin stdout stderr "
              "assert "
              "staticMetaObject qt_static_metacall other event"_s;
        const QStringList list = text.split(u' ');
        return QSet<QString>(list.cbegin(), list.cend());
    }();
    return words;
}

bool canBeProperty(const QString &name) { return isIdentifier(name) && !isSomethingElseToMoc(name); }

} // namespace dialogue::types
