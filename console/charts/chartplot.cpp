#include "console/charts/chartplot.h"

#include "console/charts/card.h"
#include "console/charts/chartpainter.h"
#include "console/charts/linestyle.h"
#include "console/charts/plotaccessible.h"
#include "console/look/tones.h"
#include "console/look/wording.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

QFont smallerFont(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

} // namespace

ChartPlot::ChartPlot(const QStringList &names, ChartUnit unit, Crosshair &crosshair, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_unit(unit)
    , m_crosshair(crosshair)
    , m_shown(std::size_t(names.size()), true)
{
    describePlots();
    m_data.lines.resize(m_shown.size());
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&crosshair, &Crosshair::moved, this, [this] { update(); });
}

void ChartPlot::setData(ChartData data)
{
    m_data = std::move(data);
    m_data.lines.resize(m_shown.size());
    repaintAll();
}

void ChartPlot::setShown(int line, bool isShown)
{
    m_shown.at(std::size_t(line)) = isShown;
    repaintAll();
}

void ChartPlot::setFaded(bool isFaded)
{
    if (std::exchange(m_isFaded, isFaded) != isFaded)
        repaintAll();
}

void ChartPlot::repaintAll()
{
    m_picture = {};
    update();
}

const PlotScale &ChartPlot::scale() const
{
    if (m_picture.isNull())
        paintPicture();
    return m_scale;
}

ValueSpan ChartPlot::valuesOf(int line) const
{
    const std::vector<TimePoint> &points = m_data.lines.at(std::size_t(line)).points;
    // What is further away than that has a gap between.
    const qint64 farthest = m_data.step * 5 / 2;
    if (!m_crosshair.time()) {
        const bool isThere
            = !points.empty() && !points.back().isGap() && points.back().time + farthest >= m_data.to;
        return isThere ? ValueSpan{points.back().time, points.back().value, points.back().value, true}
                       : ValueSpan{0, 0, 0};
    }
    const PlotScale &where = scale();
    const qint64 reach = qint64(double(where.range()) / std::max(1.0, where.area.width()) / 2);
    return valuesAt(points, *m_crosshair.time(), reach, std::max(reach, farthest / 2));
}

QString ChartPlot::textOf(int line) const
{
    const ValueSpan span = valuesOf(line);
    if (!span.isThere)
        return u"–"_s;
    const QString most = valueText(m_unit, span.most);
    const QString least = valueText(m_unit, span.least);
    return most == least ? most : tr("%1 to %2").arg(least, most);
}

QString ChartPlot::words() const
{
    QStringList values;
    for (int i = 0; i < int(m_names.size()); ++i) {
        if (m_shown[std::size_t(i)] && m_data.lines[std::size_t(i)].isTold && valuesOf(i).isThere)
            values.append(m_names.at(i) + u' ' + textOf(i));
    }
    if (m_crosshair.time()) {
        const QString time = dateTimeText(*m_crosshair.time());
        return values.isEmpty() ? tr("At %1: nothing is known").arg(time)
                                : tr("At %1: %2").arg(time, values.join(u", "_s));
    }
    return values.isEmpty() ? tr("No figures yet") : tr("Newest: %1").arg(values.join(u", "_s));
}

QSize ChartPlot::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(u'0') * 60, metrics.height() * 9};
}

QSize ChartPlot::minimumSizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(u'0') * 28, metrics.height() * 6};
}

void ChartPlot::paintPicture() const
{
    const double ratio = devicePixelRatioF();
    m_picture = QPixmap(size().expandedTo({1, 1}) * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(palette().color(QPalette::Base));
    QPainter painter(&m_picture);
    ChartPainter chart(m_data, m_shown, m_unit, {size(), ratio, smallerFont(font()), palette()});
    m_scale = chart.scale();
    const auto isEmpty = [](const ChartLine &line) { return line.points.empty(); };
    if (!std::all_of(m_data.lines.begin(), m_data.lines.end(), isEmpty)) {
        chart.setFaded(m_isFaded);
        chart.paint(painter);
        return;
    }
    const auto isTold = [](const ChartLine &line) { return line.isTold; };
    painter.setPen(toneColor(Tone::Quiet, palette()));
    painter.setFont(font());
    painter.drawText(rect(), int(Qt::AlignCenter) | int(Qt::TextWordWrap),
                     std::any_of(m_data.lines.begin(), m_data.lines.end(), isTold)
                         ? tr("No figures yet")
                         : tr("Not told by this server"));
}

void ChartPlot::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    if (m_picture.devicePixelRatio() != devicePixelRatioF())
        m_picture = {};
    if (m_picture.isNull())
        paintPicture();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    if (m_crosshair.time())
        paintCrosshair(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
}

void ChartPlot::paintCrosshair(QPainter &painter) const
{
    const double x = m_scale.x(*m_crosshair.time());
    if (m_scale.range() <= 0 || x < m_scale.area.left() || x > m_scale.area.right())
        return;
    const double ratio = devicePixelRatioF();
    const double thick = std::max(1.0, std::floor(ratio)) / ratio;
    painter.fillRect(QRectF(std::floor(x * ratio) / ratio, m_scale.area.top(), thick, m_scale.area.height()),
                     faint(palette(), 0.6));
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = int(m_names.size()) - 1; i >= 0; --i) {
        const ValueSpan span = valuesOf(i);
        if (m_shown[std::size_t(i)] && span.isThere)
            paintMarker(painter, i, {m_scale.x(span.time), m_scale.y(span.most)}, 8, lineColor(i, palette()),
                        palette().color(QPalette::Base));
    }
}

void ChartPlot::changeEvent(QEvent *event)
{
    repaintAll(); // Of font, palette, style or language.
    QWidget::changeEvent(event);
}

void ChartPlot::resizeEvent(QResizeEvent *event)
{
    m_picture = {};
    QWidget::resizeEvent(event);
}

void ChartPlot::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    const QRectF &area = scale().area;
    if (m_data.to > m_data.from && x >= area.left() - 2 && x <= area.right() + 2)
        lookAt(m_scale.time(x));
    else
        m_crosshair.setTime({});
}

void ChartPlot::mousePressEvent(QMouseEvent *event)
{
    mouseMoveEvent(event); // By touch nothing moves before.
}

void ChartPlot::leaveEvent(QEvent *event)
{
    m_crosshair.setTime({});
    QWidget::leaveEvent(event);
}

void ChartPlot::focusOutEvent(QFocusEvent *event)
{
    m_crosshair.setTime({});
    QWidget::focusOutEvent(event);
}

void ChartPlot::lookAt(qint64 time)
{
    m_crosshair.setTime(std::clamp(time, m_data.from, m_data.to));
    if (hasFocus() && QAccessible::isActive()) {
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

void ChartPlot::keyPressEvent(QKeyEvent *event)
{
    if (m_data.to <= m_data.from)
        return QWidget::keyPressEvent(event);
    const qint64 range = m_data.to - m_data.from;
    const qint64 step = std::max(m_data.step, qint64(double(range) / std::max(1.0, scale().area.width())));
    const qint64 now = m_crosshair.time().value_or(m_data.to);
    switch (event->key()) {
    case Qt::Key_Left:
        return lookAt(now - step);
    case Qt::Key_Right:
        return lookAt(now + step);
    case Qt::Key_PageUp:
        return lookAt(now - range / 10);
    case Qt::Key_PageDown:
        return lookAt(now + range / 10);
    case Qt::Key_Home:
        return lookAt(m_data.from);
    case Qt::Key_End:
        return lookAt(m_data.to);
    case Qt::Key_Escape:
        if (m_crosshair.time())
            return m_crosshair.setTime({});
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

} // namespace dialogue::console
