#pragma once

#include "console/look/tones.h"
#include "core/filter/filter.h"

#include <QList>
#include <QString>

class QSettings;

namespace dialogue::console {

/** Which rows of a table of events get a tone. */
struct ColourRule
{
    enum class By { Event, Filter };
    enum class Paints { Background, Text };

    By by = By::Event;
    QString text = {}; ///< The event's name, or a filter.
    Tone tone = Tone::Accent;
    Paints paints = Paints::Background;

    friend bool operator==(const ColourRule &, const ColourRule &) = default;
};

/** The first rule that fits a row is the one. */
class ColourRules
{
public:
    static constexpr qsizetype Most = 50;

    ColourRules() = default;
    /** Of those beyond Most, and those whose filter is none, nothing comes. */
    explicit ColourRules(const QList<ColourRule> &rules);

    [[nodiscard]] const QList<ColourRule> &rules() const { return m_rules; }
    [[nodiscard]] const ColourRule *ruleFor(const FilterRow &row) const; ///< Null: none.

    [[nodiscard]] static ColourRules read(QSettings &settings);
    void write(QSettings &settings) const;

private:
    QList<ColourRule> m_rules;
    QList<Filter> m_filters; ///< Of each rule its own; of one by event an empty one.
};

/** Behind text of the palette, so that it can still be read. */
[[nodiscard]] QColor toneBackground(Tone tone, const QPalette &palette);
[[nodiscard]] QString toneName(Tone tone);

} // namespace dialogue::console
