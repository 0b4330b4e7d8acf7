#include "server/types/names.h"

namespace dialogue::types {

namespace {

bool isAsciiDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isAsciiSmall(QChar c) { return c >= u'a' && c <= u'z'; }
bool isAsciiCapital(QChar c) { return c >= u'A' && c <= u'Z'; }

} // namespace

QString pascalCase(QStringView text)
{
    QString name;
    bool begins = true;
    for (const QChar c : text) {
        if (isAsciiSmall(c) && begins)
            name += c.toUpper();
        else if (isAsciiSmall(c) || isAsciiCapital(c) || isAsciiDigit(c))
            name += c;
        begins = !isAsciiSmall(c) && !isAsciiCapital(c);
    }
    return name;
}

QString camelCase(QStringView text)
{
    QString name = pascalCase(text);
    if (!name.isEmpty())
        name[0] = name[0].toLower();
    return name;
}

QString Names::unique(const QString &wanted, const QString &instead)
{
    QString name = wanted;
    if (name.isEmpty() || isAsciiDigit(name[0]))
        name.prepend(instead);
    const QString first = name;
    for (int number = 2; m_taken.contains(name); ++number)
        name = first + QString::number(number);
    m_taken.insert(name);
    return name;
}

} // namespace dialogue::types
