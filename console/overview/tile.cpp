#include "console/overview/tile.h"

#include "console/charts/card.h"
#include "console/charts/sparkline.h"
#include "console/look/titlefont.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** Beside the word, so that it is seen without its colour. */
QString signOf(Tone tone)
{
    return tone == Tone::Bad ? u"■ "_s : tone == Tone::Warning ? u"▲ "_s : QString();
}

} // namespace

Tile::Tile(const QString &label, QWidget *parent)
    : QAbstractButton(parent)
    , m_label(new QLabel(label))
    , m_value(new QLabel(u"–"_s))
    , m_sparkline(new Sparkline)
    , m_word(new QLabel)
{
    setText(label);
    setAccessibleName(label);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    const QFont larger = titleFont(font(), 1.4);
    m_value->setFont(larger);
    QFont smaller = font();
    smaller.setPointSizeF(smaller.pointSizeF() * 0.92);
    m_value->setMinimumWidth(QFontMetrics(larger).horizontalAdvance(u'0') * 11);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 8);
    column->setSpacing(3);
    for (QLabel *const each : {m_label, m_value, m_word}) {
        each->setTextFormat(Qt::PlainText);
        each->setForegroundRole(QPalette::WindowText); // Else it is the button's.
        each->setAttribute(Qt::WA_TransparentForMouseEvents);
        if (each != m_value)
            each->setFont(smaller);
    }
    m_label->setWordWrap(true);
    m_label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_sparkline->setAttribute(Qt::WA_TransparentForMouseEvents);
    column->addWidget(m_label, 1);
    column->addWidget(m_value);
    column->addWidget(m_sparkline);
    column->addWidget(m_word);
    colorTexts();
}

void Tile::setValue(const QString &value, const Verdict &verdict)
{
    const bool isSame = m_verdict.tone == verdict.tone && m_verdict.word == verdict.word;
    if (isSame && m_value->text() == value)
        return;
    m_value->setText(value);
    // So that nothing moves with each figure.
    m_value->setMinimumWidth(std::max(m_value->minimumWidth(), m_value->sizeHint().width()));
    m_verdict = verdict;
    m_word->setText(signOf(verdict.tone) + verdict.word);
    setAccessibleDescription(verdict.word.isEmpty() ? value : value + u", "_s + verdict.word);
    if (!isSame) {
        colorTexts();
        update();
    }
}

void Tile::setPoints(std::vector<TimePoint> points, qint64 from, qint64 to)
{
    m_sparkline->setPoints(std::move(points), from, to);
}

void Tile::setFaded(bool isFaded)
{
    if (std::exchange(m_isFaded, isFaded) == isFaded)
        return;
    m_sparkline->setFaded(isFaded);
    colorTexts();
    update();
}

QString Tile::value() const { return m_value->text(); }

QSize Tile::sizeHint() const { return layout()->sizeHint(); }

QSize Tile::minimumSizeHint() const { return layout()->minimumSize(); }

void Tile::colorTexts()
{
    const QColor quiet = toneColor(Tone::Quiet, palette());
    const auto color = [this](QLabel *label, const QColor &in) {
        QPalette with = palette();
        with.setColor(QPalette::WindowText, in);
        label->setPalette(with);
    };
    color(m_label, quiet);
    color(m_value, m_isFaded ? quiet : palette().color(QPalette::Text));
    color(m_word, m_isFaded ? quiet : toneColor(m_verdict.tone, palette()));
}

void Tile::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const bool isTold = m_verdict.tone != Tone::Quiet && !m_isFaded;
    const QColor fill = isDown() ? faint(palette(), 0.12)
        : underMouse()           ? faint(palette(), 0.05)
                                 : palette().color(QPalette::Base);
    const QColor outline = hasFocus() ? palette().color(QPalette::Highlight)
        : isTold                      ? toneColor(m_verdict.tone, palette())
                                      : faint(palette(), underMouse() ? 0.45 : 0.2);
    paintCard(painter, rect(), fill, outline, hasFocus() ? 2 : isTold ? 1.5 : 1);
}

void Tile::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colorTexts();
    QAbstractButton::changeEvent(event);
}

} // namespace dialogue::console
