#include "console/events/colourrules.h"

#include <QCoreApplication>
#include <QSettings>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

const QString ColoursKey = u"events/colours"_s;

QColor tinted(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](float a, float b) { return float(a * (1 - share) + b * share); };
    return QColor::fromRgbF(mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()),
                            mix(one.blueF(), other.blueF()));
}

struct ToneWords
{
    Q_DECLARE_TR_FUNCTIONS(dialogue::console::ToneWords)
};

} // namespace

ColourRules::ColourRules(const QList<ColourRule> &rules)
{
    for (const ColourRule &rule : rules) {
        Filter filter;
        if (rule.by == ColourRule::By::Filter) {
            const Result<Filter> parsed = Filter::parse(rule.text);
            if (!parsed)
                continue;
            filter = *parsed;
        }
        if (m_rules.size() == Most)
            return;
        m_rules.append(rule);
        m_filters.append(filter);
    }
}

const ColourRule *ColourRules::ruleFor(const FilterRow &row) const
{
    for (qsizetype i = 0; i < m_rules.size(); ++i) {
        const ColourRule &rule = m_rules[i];
        if (rule.by == ColourRule::By::Event ? row.event == rule.text : m_filters[i].matches(row))
            return &rule;
    }
    return nullptr;
}

ColourRules ColourRules::read(QSettings &settings)
{
    QList<ColourRule> rules;
    const int count = std::min(settings.beginReadArray(ColoursKey), int(Most));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        const int tone = settings.value(u"tone"_s).toInt();
        rules.append(
            {.by = settings.value(u"by"_s) == u"filter"_s ? ColourRule::By::Filter : ColourRule::By::Event,
             .text = settings.value(u"text"_s).toString(),
             .tone = Tone(std::clamp(tone, 0, int(Tone::Accent))),
             .paints = settings.value(u"paints"_s) == u"text"_s ? ColourRule::Paints::Text
                                                                : ColourRule::Paints::Background});
    }
    settings.endArray();
    return ColourRules(rules);
}

void ColourRules::write(QSettings &settings) const
{
    settings.remove(ColoursKey);
    settings.beginWriteArray(ColoursKey, int(m_rules.size()));
    for (int i = 0; i < m_rules.size(); ++i) {
        settings.setArrayIndex(i);
        const ColourRule &rule = m_rules[i];
        settings.setValue(u"by"_s, rule.by == ColourRule::By::Filter ? u"filter"_s : u"event"_s);
        settings.setValue(u"text"_s, rule.text);
        settings.setValue(u"tone"_s, int(rule.tone));
        settings.setValue(u"paints"_s, rule.paints == ColourRule::Paints::Text ? u"text"_s : u"background"_s);
    }
    settings.endArray();
}

QColor toneBackground(Tone tone, const QPalette &palette)
{
    constexpr double Share = 0.22;
    return tinted(palette.color(QPalette::Base), toneColor(tone, palette), Share);
}

QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return ToneWords::tr("Green");
    case Tone::Warning:
        return ToneWords::tr("Amber");
    case Tone::Bad:
        return ToneWords::tr("Red");
    case Tone::Accent:
        return ToneWords::tr("Blue");
    case Tone::Quiet:
        break;
    }
    return ToneWords::tr("Grey");
}

} // namespace dialogue::console
