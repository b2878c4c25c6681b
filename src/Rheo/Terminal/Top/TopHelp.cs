namespace Rheo.Terminal.Top;

/// <summary>What the keys do.</summary>
internal static class TopHelp
{
    public static readonly string[] Lines =
    [
        "arrows j k     move the cursor; it stays with its conversation",
        "PgUp PgDn      a page;  Home, End: the first, the last",
        "Enter          all about the conversation; again: back",
        "Esc            let go of the cursor, the panel, the prompt",
        "/              filter: tcp and port 443, process:nginx, rtt:>10ms",
        "s S  or  > <   sort by the next, by the last one:",
        "r b p t f l    rate, bytes, packets, RTT, first seen, last seen",
        "g              rows stand for conversations, processes, containers, hosts",
        "space          pause: nothing moves; sort and filter what is there",
        "? h            this;  Ctrl-L: draw again",
        "q, Ctrl-C      end",
        "",
        "RATE is of the last 10 seconds, both ways. The bars are seconds, the",
        "newest at the right, the highest of the row full. A packet that got",
        "lost between the wire and this screen is counted above, under LOST.",
    ];
}
