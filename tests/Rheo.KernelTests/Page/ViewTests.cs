using System.Net;
using Xunit;

namespace Rheo.KernelTests.Page;

/// <summary>The page's views beside the conversations: connections, listeners, drops; on wide screens and narrow ones.</summary>
public sealed class ViewTests(PageFixture page) : IClassFixture<PageFixture>
{
    private const string Rows = "document.querySelectorAll('.rows .row').length";
    private const string Details = "document.querySelector('.details')?.innerText";

    private Browser Browser => page.Browser;

    [RootFact]
    public void ConnectionsAreAViewWithTheSameFilterAndLeadToTheirConversation()
    {
        Open("?group=connection&filter=tcp+port+5432");

        // Both ends are sockets of this machine.
        Browser.Await($"{Rows} === 2 && document.querySelector('.rows').innerText.includes('established')");
        Browser.Await("document.querySelector('.rows .cell.rtt').innerText.endsWith('ms')");
        Assert.Equal("grid,Connections", Browser.Text("['role', 'aria-label'].map((name) => document.querySelector('.grid').getAttribute(name))"));
        Browser.Press("j");
        Browser.Press("Enter");
        Browser.Await($"{Details}?.includes('Congestion') && {Details}.includes('acknowledged') && location.search.includes('selected=')");
        Browser.Click(".choices button");
        Browser.Await($"{Rows} === 1 && location.search.startsWith('?filter=tcp+and+host') && document.querySelector('.rows').innerText.includes(':5432')");
        Browser.Back();
        Browser.Await($"{Rows} === 2 && location.search.includes('group=connection')");
        NothingIsWrong();
    }

    [RootFact]
    public void ListenersAreAViewWithTheirProcess()
    {
        Open("?group=listener&filter=port+9460");

        Browser.Await("document.querySelector('.rows')?.innerText.includes('127.0.0.1:9460')");
        Browser.Await("document.querySelector('.rows .cell.process').innerText.startsWith('rheo-core[')");
        Assert.Matches("^[0-9]+ of [0-9]+$", Browser.Text("document.querySelector('.rows .cell.waiting').innerText"));
        NothingIsWrong();
    }

    [RootFact]
    public void WhatTheKernelDropsIsShownWithItsReasonAndWhatThatMeans()
    {
        using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9999));
        Open("?group=drops&by=flow&filter=udp+port+9999");

        Browser.Await($"{Rows} > 0 && document.querySelector('.rows').innerText.includes('NO_SOCKET')");
        Browser.Await("document.querySelector('.rows .cell.rate .figure').innerText !== '0/s'");
        Browser.Press("j");
        Browser.Press("Enter");
        Browser.Await($"{Details}?.includes('Nobody listens on that address and port') && {Details}.includes('10.9.9.2:9999')");
        Browser.Click(".by button");
        Browser.Await("location.search === '?filter=udp+port+9999&group=drops' && document.querySelector('.rows').innerText.includes('udp')");
        NothingIsWrong();
    }

    // Its cookie is the same; refused at first, it may be open now.
    [RootFact]
    public void ASocketThatConnectsAgainIsARowOfItsOwnEachTime() => With(
        "list.connections?.push(...list.connections.map((one) => ({ ...one, opened: '2026-01-01T00:00:00.000000001Z', ended: 'refused' })));",
        () =>
        {
            Open("?group=connection&filter=tcp+port+5432");

            Browser.Await($"{Rows} === 4 && document.querySelectorAll('.rows .pill.ended').length === 2");
            var served = Browser.Text("rheoServed");
            Browser.Await($"rheoServed > {served} + 2 && {Rows} === 4");
            NothingIsWrong();
        });

    [RootFact]
    public void ProcessesThatHadTheSameNumberAreRowsOfTheirOwn() => With(
        "if (path.includes('by=process')) list.drops = ['old', 'new'].flatMap((name) => list.drops.slice(0, 1).map((one) => ({ ...one, process: { pid: 7, name, uid: 1000 } })));",
        () =>
        {
            using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9994));
            Open("?group=drops&by=process");

            Browser.Await($"{Rows} === 2 && document.querySelector('.rows').innerText.includes('old[7]') && document.querySelector('.rows').innerText.includes('new[7]')");
            var served = Browser.Text("rheoServed");
            Browser.Await($"rheoServed > {served} + 2 && {Rows} === 2");
            NothingIsWrong();
        });

    [RootFact]
    public void ThatPacketsAreDroppedIsSaidBesideEveryView()
    {
        using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9998));
        Open("");

        Browser.Await("/^[1-9<]/.test(document.querySelector('.tile.drops .value').innerText) && document.querySelector('.tile.drops .more').innerText.includes(', most ')");
        Browser.Click(".tile.drops a");
        Browser.Await($"location.search === '?group=drops' && {Rows} > 0");
        NothingIsWrong();
    }

    [RootFact]
    public void EachViewIsALinkAndTheOneThatIsShownIsMarked()
    {
        Open("?filter=tcp");

        Assert.Equal(
            "?filter=tcp,?filter=tcp&group=process,?filter=tcp&group=container,?filter=tcp&group=host,?filter=tcp&group=connection,?filter=tcp&group=listener,?filter=tcp&group=drops",
            Browser.Text("[...document.querySelectorAll('.views a')].map((link) => link.getAttribute('href'))"));
        Browser.Click(".views a:nth-child(5)");
        Browser.Await("location.search === '?filter=tcp&group=connection' && document.querySelector('.views [aria-current]').innerText === 'Connections'");
        NothingIsWrong();
    }

    [RootFact]
    public void AGroupKeepsItsPlaceInTheAddress()
    {
        Open("?group=host");
        Browser.Await($"{Rows} > 1");
        Browser.Press("End");
        Browser.Press("k");
        Browser.Press("j");
        Browser.Await("location.search.includes('selected=')");
        var (address, name) = (Browser.Text("location.search"), Browser.Text("document.querySelector('.row[aria-selected=true] .name').innerText"));

        Open(address);
        Browser.Await($"document.querySelector('.row[aria-selected=true] .name')?.innerText === {Browser.Quote(name)}");
        NothingIsWrong();
    }

    [RootFact]
    public void MoreIsShownWhenThereIsMore()
    {
        Open("?limit=50");
        Browser.Await("document.querySelector('.shown .more')");
        Browser.Click(".shown .more");

        Browser.Await("location.search === '' && Number(document.querySelector('.grid').getAttribute('aria-rowcount')) > 51 && !document.querySelector('.shown .more')");
        NothingIsWrong();
    }

    [RootTheory]
    [InlineData("")]
    [InlineData("?group=host")]
    [InlineData("?group=connection")]
    [InlineData("?group=listener")]
    [InlineData("?group=drops")]
    [InlineData("?group=drops&by=flow")]
    public void ANarrowScreenShowsAllOfARowWithoutScrollingSideways(string query)
    {
        using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9997));
        Browser.Size(390, 844);
        try
        {
            Open(query);
            Browser.Await($"{Rows} > 0");
            Assert.Equal("390", Browser.Text("document.documentElement.scrollWidth"));
            Assert.Equal("true", Browser.Text("[...document.querySelectorAll('.rows .row:first-child .cell')].every((cell) => cell.getBoundingClientRect().right <= 390)"));
            Assert.True(int.Parse(Browser.Text("[...document.querySelectorAll('.rows .row:first-child .cell')].filter((cell) => cell.offsetWidth > 0).length")) >= 2);
            NothingIsWrong();
        }
        finally
        {
            Browser.Size(1440, 900);
        }
    }

    [RootFact]
    public void DetailsLieOverANarrowScreen()
    {
        Browser.Size(390, 844);
        try
        {
            Open("");
            Browser.Await($"{Rows} > 10");
            Browser.Press("j");
            Browser.Press("Enter");
            Browser.Await("[0, 0, 390, 844].join() === (({ x, y, width, height }) => [x, y, width, height].join())(document.querySelector('.details').getBoundingClientRect())");
            Browser.Click(".details .close");
            Browser.Await("!document.querySelector('.details')");
            NothingIsWrong();
        }
        finally
        {
            Browser.Size(1440, 900);
        }
    }

    [RootFact]
    public void AnAgentThatHangsIsSaidToBeSilentAndIsBackWhenItIs()
    {
        var script = Browser.Before(
            """
            const ask = globalThis.fetch;
            globalThis.fetch = (path, options) => globalThis.stuck
              ? new Promise((_, refuse) => options.signal.addEventListener("abort", () => refuse(options.signal.reason)))
              : ask(path, options);
            """);
        try
        {
            Open("");
            Browser.Await($"{Rows} > 10");
            Browser.Evaluate("globalThis.stuck = true");
            Browser.Await("document.querySelector('.status').innerText.includes('does not answer')");
            Assert.Matches("Shown: [0-9]{1,2}:[0-9]{2}:[0-9]{2}", Browser.Text("document.querySelector('.status').innerText"));
            Browser.Evaluate("globalThis.stuck = false");
            Browser.Await("document.querySelector('.status').innerText.includes('Live')");
            NothingIsWrong();
        }
        finally
        {
            Browser.NotBefore(script);
        }
    }

    [RootTheory]
    [InlineData("light", "?group=connection")]
    [InlineData("dark", "?group=drops")]
    [InlineData("light", "?group=listener")]
    public void AccessibilityRulesAreKept(string scheme, string query)
    {
        using var traffic = new Unheard(page.Left!, new IPEndPoint(IPAddress.Parse("10.9.9.2"), 9996));
        Browser.Prefer(scheme);
        Open(query);
        Browser.Await($"{Rows} > 0");
        Browser.Press("j");
        if (!query.Contains("listener", StringComparison.Ordinal))
        {
            Browser.Press("Enter");
            Browser.Await("document.querySelector('.details')");
        }

        Assert.Equal("", Browser.Violations());
    }

    // The agent's own answers about connections and drops, changed on their way.
    private void With(string change, Action act)
    {
        var script = Browser.Before($$"""
            globalThis.rheoServed = 0;
            const ask = globalThis.fetch;
            globalThis.fetch = async (path, options) => {
              const answer = await ask(path, options);
              if (!/connections|drops/.test(path)) return answer;
              const list = await answer.json();
              {{change}}
              rheoServed++;
              return new Response(JSON.stringify(list), { status: answer.status });
            };
            """);
        try
        {
            act();
        }
        finally
        {
            Browser.NotBefore(script);
        }
    }

    private void Open(string query)
    {
        Browser.Forget();
        Browser.Open(PageFixture.Address + query);
        Browser.Await("document.querySelector('.grid')");
    }

    private void NothingIsWrong() => Assert.Equal("", string.Join('\n', Browser.Complaints));
}
