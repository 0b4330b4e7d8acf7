#include "server/config/variables.h"

#include "server/config/document.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <optional>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

constexpr qsizetype LongestValue = 65536; ///< Characters of a value that is filled in.
constexpr QLatin1StringView Opening("${");

class Filler
{
public:
    explicit Filler(Issues &issues)
        : m_issues(issues)
    { }

    void fill(Node &node, const QString &path);

private:
    void fillScalar(Node &node, const QString &path);
    /** What the variable at \a at of \a text stands for, which \a at is put behind; nothing: it is wrong. */
    std::optional<QString> valueAt(const Node &node, qsizetype &at, const QString &path);

    Issues &m_issues;
    qint64 m_filledIn = 0; ///< Characters, in all.
};

void Filler::fill(Node &node, const QString &path)
{
    if (node.kind == Node::Kind::Scalar && node.scalar.contains(Opening))
        fillScalar(node, path);
    for (std::size_t i = 0; i < node.items.size(); ++i)
        fill(node.items[i], path + u"[%1]"_s.arg(i));
    for (Member &member : node.members) {
        if (member.key.contains(Opening)) {
            m_issues.error(member.position, path,
                           u"the key '%1' has a variable in it; variables stand in values alone"_s.arg(
                               visible(member.key.left(80))));
        }
        fill(member.value, path.isEmpty() ? member.key : path + u'.' + member.key);
    }
}

void Filler::fillScalar(Node &node, const QString &path)
{
    QString filled;
    qsizetype at = 0;
    qsizetype variables = 0;
    for (qsizetype begin; (begin = node.scalar.indexOf(Opening, at)) >= 0;) {
        const bool isEscaped = begin > at && node.scalar[begin - 1] == u'$';
        filled += QStringView(node.scalar).sliced(at, begin - at - (isEscaped ? 1 : 0));
        at = begin;
        if (isEscaped) {
            filled += Opening;
            at += Opening.size();
            continue;
        }
        const std::optional<QString> value = valueAt(node, at, path);
        if (!value)
            return;
        filled += *value;
        ++variables;
        m_filledIn += value->size();
        if (filled.size() > LongestValue || m_filledIn > MaxFileSize) {
            m_issues.error(node.position, path,
                           u"is too large once the environment is filled in: a value has %1 characters at "
                           "most, all of them together %2"_s.arg(LongestValue)
                               .arg(MaxFileSize));
            return;
        }
    }
    const bool isOneVariable = variables == 1 && node.scalar.startsWith(Opening) && at == node.scalar.size();
    filled += QStringView(node.scalar).sliced(at);
    if (variables > 0)
        node.written = node.scalar;
    // JSON has no other way to write it.
    if (isOneVariable)
        node.quoted = false;
    node.scalar = filled;
}

std::optional<QString> Filler::valueAt(const Node &node, qsizetype &at, const QString &path)
{
    static const QRegularExpression form(u"\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-((?:(?!\\$\\{)[^}])*))?\\}"_s);
    const QRegularExpressionMatch match
        = form.match(node.scalar, at, QRegularExpression::NormalMatch,
                     QRegularExpression::AnchorAtOffsetMatchOption
                         | QRegularExpression::DontCheckSubjectStringMatchOption);
    if (!match.hasMatch()) {
        m_issues.error(node.position, path,
                       u"has \"${\" with no variable behind it: that is ${NAME}, or ${NAME:-otherwise} with "
                       "none within; where the text is meant, write \"$${\""_s);
        return {};
    }
    at = match.capturedEnd();
    const QByteArray name = match.captured(1).toLatin1();
    const QByteArray bytes = qgetenv(name.constData());
    const bool hasOtherwise = match.hasCaptured(2);
    if (bytes.isEmpty() && hasOtherwise)
        return match.captured(2);
    if (bytes.isNull() && !qEnvironmentVariableIsSet(name.constData())) {
        m_issues.error(node.position, path,
                       u"the environment has no variable %1; set it, or write ${%1:-otherwise}"_s.arg(
                           QLatin1StringView(name)));
        return {};
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString value = decoder(bytes);
    if (decoder.hasError()) {
        m_issues.error(node.position, path,
                       u"the environment's variable %1 is not UTF-8"_s.arg(QLatin1StringView(name)));
        return {};
    }
    m_issues.conceal(value, u"${%1}"_s.arg(QLatin1StringView(name)));
    return value;
}

} // namespace

void fillInVariables(Node &root, Issues &issues) { Filler(issues).fill(root, {}); }

} // namespace dialogue::config
