#include "server/rules/idpattern.h"

namespace dialogue {

bool matchesPattern(QStringView id, QStringView pattern)
{
    qsizetype at = 0;
    qsizetype inPattern = 0;
    qsizetype star = -1; // The last one, which takes as little as it can,
    qsizetype taken = 0; // and up to where.
    while (at < id.size()) {
        if (inPattern < pattern.size() && pattern[inPattern] == u'*') {
            star = inPattern++;
            taken = at;
        } else if (inPattern < pattern.size() && pattern[inPattern] == id[at]) {
            ++inPattern;
            ++at;
        } else if (star >= 0) {
            inPattern = star + 1;
            at = ++taken;
        } else {
            return false;
        }
    }
    while (inPattern < pattern.size() && pattern[inPattern] == u'*')
        ++inPattern;
    return inPattern == pattern.size();
}

} // namespace dialogue
