using Xunit;

namespace Rheo.KernelTests.Page;

/// <summary>The page as a person meets it: a real Chromium, a real agent, real traffic.</summary>
public sealed class PageTests(PageFixture page) : IClassFixture<PageFixture>
{
    private const string Rows = "document.querySelectorAll('.rows .row').length";
    private const string Selected = "document.querySelector('.row[aria-selected=true]')";

    private Browser Browser => page.Browser;

    [RootFact]
    public void ConversationsAreShownAndGoOn()
    {
        Open("");
        Browser.Await($"{Rows} > 10");
        Browser.Await("document.querySelector('.status').innerText.includes('Live')");
        var before = Browser.Text("document.querySelector('.tile .more').innerText");
        Browser.Await($"document.querySelector('.tile .more').innerText !== {Browser.Quote(before)}");
        Browser.Await("[...document.querySelectorAll('.cell .spark .line')].filter(line => line.getAttribute('d').split('L').length > 2).length > 5");
        Browser.Await("document.querySelector('.loss').innerText.includes('nothing lost')");
        NothingIsWrong();
    }

    [RootFact]
    public void OnlyTheRowsInSightAreDrawn()
    {
        Open("");
        Browser.Await("Number(document.querySelector('.grid').getAttribute('aria-rowcount')) > 60");

        Assert.True(int.Parse(Browser.Text(Rows)) < 45, Browser.Text(Rows));
    }

    [RootFact]
    public void TheFilterStandsInTheAddressAndTheWayBackWorks()
    {
        Open("");
        Browser.Await($"{Rows} > 10");
        Browser.Press("/");
        Browser.Await("document.activeElement.matches('input')");
        Browser.Type("tcp port 5432");
        Browser.Press("Enter");

        Browser.Await($"{Rows} === 1 && document.querySelector('.rows').innerText.includes(':5432')");
        Assert.Contains("filter=tcp+port+5432", Browser.Text("location.search"), StringComparison.Ordinal);
        Assert.Contains("tcp port 5432", Browser.Text("document.title"), StringComparison.Ordinal);
        Browser.Back();
        Browser.Await($"{Rows} > 10 && location.search === '' && document.querySelector('input').value === ''");
        NothingIsWrong();
    }

    [RootFact]
    public void AnAddressOpensItsView()
    {
        Open("?filter=port+443&sort=bytes&paused=1");

        Browser.Await($"{Rows} === 3 && document.querySelector('input').value === 'port 443'");
        Browser.Await("document.querySelector('.status').innerText.includes('Standing still')");
        Assert.Equal("Bytes", Browser.Text("document.querySelector('[aria-sort=descending]').innerText.trim()"));
        NothingIsWrong();
    }

    [RootFact]
    public void AMistakeInTheFilterIsMarkedWhereItStands()
    {
        Open("?filter=tcp+and+prt+443");

        Browser.Await("document.querySelector('#problem').innerText.includes('prt')");
        Assert.Equal("true", Browser.Text("document.querySelector('input').getAttribute('aria-invalid')"));
        // Column 9 of a monospaced line: eight characters in.
        var place = double.Parse(Browser.Text(
            "document.querySelector('.mark').offsetLeft / (() => { const probe = document.createElement('span'); probe.textContent = 'x'.repeat(100);"
            + "document.querySelector('.text').append(probe); const width = probe.getBoundingClientRect().width / 100; probe.remove(); return width; })()"));
        Assert.Equal(8, place, 0.6);
    }

    [RootFact]
    public void ABrowserThatMayKeepNothingShowsThePageAllTheSame()
    {
        var blocked = Browser.Before("for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });");
        try
        {
            Open("");
            Browser.Await($"{Rows} > 10 && document.querySelector('.status').innerText.includes('Live')");
            Browser.Press("t");
            NothingIsWrong();
        }
        finally
        {
            Browser.NotBefore(blocked);
        }
    }

    // The list has the busiest alone. "ghost" is in it, is not for a while, and is again, when it has carried a terabyte; then time stands still.
    [RootFact]
    public void AnInterfaceThatComesBackHasNotCarriedAllInASecond()
    {
        var answers = Browser.Before(
            """
            const real = window.fetch; let text;
            window.asked = 0;
            window.fetch = async (path, ...more) => {
              const answer = await real(path, ...more);
              if (!path.includes("status")) return answer;
              const status = await answer.json();
              if (++window.asked < 3 || window.asked > 4) status.interfaces.unshift({ name: "ghost", receive: { bytes: window.asked > 4 ? 1e12 : 1000, packets: 9 }, transmit: { bytes: 0, packets: 0 } });
              if (window.asked <= 5) text = JSON.stringify(status);
              return new Response(text);
            };
            """);
        try
        {
            Open("");
            Browser.Await("window.asked > 6 && document.querySelector('.interfaces')?.innerText.includes('ghost')");

            Assert.DoesNotContain("Tbit/s", Browser.Text("document.querySelector('.interfaces').innerText"), StringComparison.Ordinal);
        }
        finally
        {
            Browser.NotBefore(answers);
        }
    }

    // A laptop that sleeps for eight hours at the fifth answer; after the sixth, time stands still.
    [RootFact]
    public void NoLineJoinsWhatWasBeforeALongSleepToWhatIsAfter()
    {
        var sleep = Browser.Before(
            """
            const [real, now, eightHours] = [window.fetch, Date.now, 8 * 3600e3];
            const last = {};
            window.asked = { flows: 0, status: 0 };
            window.labels = new Set();
            const shift = (round) => (round > 4 ? eightHours : 0);
            Date.now = () => now() + shift(window.asked.status);
            window.fetch = async (path, ...more) => {
              const answer = await real(path, ...more);
              const kind = Object.keys(window.asked).find((name) => path.includes(name));
              if (!kind) return answer;
              const round = ++window.asked[kind];
              if (round > 6) return new Response(last[kind]);
              const list = await answer.json();
              list.time = new Date(Date.parse(list.time) + shift(round)).toISOString();
              return new Response((last[kind] = JSON.stringify(list)));
            };
            const fillText = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...more) { labels.add(text); fillText.call(this, text, ...more); };
            """);
        try
        {
            Open("");
            Browser.Await("window.asked.status > 7");

            Assert.Equal("2", Browser.Text("Math.max(...[...document.querySelectorAll('.cell .spark .line')].map(line => line.getAttribute('d').split('L').length))"));
            Assert.Equal("2", Browser.Text("Math.max(...[...document.querySelectorAll('.interface .spark .line')].map(line => line.getAttribute('d').split('L').length))"));
            Browser.Evaluate("labels.clear()");
            Browser.Press("t");
            Browser.Await("[...labels].some(label => /^[0-9]+:[0-9]+:/.test(label))");
            Browser.Press("t");
            Assert.InRange(int.Parse(Browser.Text("new Set([...labels].filter(label => /^[0-9]+:[0-9]+:/.test(label)).map(label => label.slice(0, 2))).size")), 1, 2);
            NothingIsWrong();
        }
        finally
        {
            Browser.NotBefore(sleep);
        }
    }

    [RootFact]
    public void WhereTheAddressMayNotBeChangedASelectionIsScrolledToAllTheSame()
    {
        var refused = Browser.Before("history.pushState = history.replaceState = () => { throw new DOMException('insecure', 'SecurityError'); };");
        try
        {
            Open("");
            Browser.Await($"{Rows} > 10 && Number(document.querySelector('.grid').getAttribute('aria-rowcount')) > 60");
            Browser.Press("p");
            Browser.Press("j");
            Browser.Press("End");
            Browser.Await($"Number({Selected}?.getAttribute('aria-rowindex')) > 60 && {Selected}.getBoundingClientRect().bottom <= innerHeight");
            Browser.Press("g");
            Browser.Await("document.querySelector('.views [aria-current]').innerText === 'Processes'");
            NothingIsWrong();
        }
        finally
        {
            Browser.NotBefore(refused);
        }
    }

    [RootFact]
    public void AFilterThatIsTooLongForARequestIsTold()
    {
        Open("");
        Browser.Press("/");
        Browser.Await("document.activeElement.matches('input')");
        Browser.Type(new string('é', 1000)); // six bytes each in an address
        Browser.Press("Enter");

        Browser.Await("document.querySelector('#problem').innerText.includes('longer than the agent takes')");
        Browser.Await("document.querySelector('.status').innerText.includes('Live')");
        Browser.Forget(); // the refusal
    }

    [RootFact]
    public void TheWayBackFromAViewThatStandsStillLeadsToOneThatGoesOn()
    {
        Open("?group=process");
        Browser.Click(".views a:nth-child(3)");
        Browser.Await("location.search === '?group=container'");
        Browser.Press("p");
        Browser.Await("document.querySelector('.status').innerText.includes('Standing still')");
        Browser.Back();

        Browser.Await("location.search === '?group=process' && document.querySelector('.status').innerText.includes('Live')");
        var before = Browser.Text("document.querySelector('.tile .more').innerText");
        Browser.Await($"document.querySelector('.tile .more').innerText !== {Browser.Quote(before)}");
        NothingIsWrong();
    }

    [RootFact]
    public void AColumnSortsByAClick()
    {
        Open("");
        Browser.Await($"{Rows} > 10");
        Browser.Click(".cell.packets button");

        Browser.Await("location.search === '?sort=packets' && document.querySelector('[aria-sort=descending]').innerText.includes('Packets')");
        NothingIsWrong();
    }

    [RootFact]
    public void APauseHoldsWhatIsShownAndSortsItWithoutTheAgent()
    {
        Open("");
        Browser.Await($"{Rows} > 10");
        Browser.Press("p");
        Browser.Await("location.search === '?paused=1'");
        Browser.Evaluate("globalThis.asked = performance.getEntriesByType('resource').length");
        var before = Browser.Text("document.querySelector('.tiles').innerText");
        Browser.Click(".cell.first button");
        Thread.Sleep(1500);

        Assert.Equal(before, Browser.Text("document.querySelector('.tiles').innerText"));
        Assert.Equal("true", Browser.Text("performance.getEntriesByType('resource').length === asked"));
        Browser.Press("p");
        Browser.Await($"document.querySelector('.tiles').innerText !== {Browser.Quote(before)}");
        NothingIsWrong();
    }

    [RootFact]
    public void TheKeyboardReachesEverything()
    {
        Open("");
        Browser.Await($"{Rows} > 10");
        Browser.Press("p");
        Browser.Press("j");
        Browser.Await($"{Selected}?.getAttribute('aria-rowindex') === '2'");
        Browser.Press("ArrowDown");
        Browser.Press("ArrowDown");
        Browser.Await($"{Selected}?.getAttribute('aria-rowindex') === '4' && location.search.includes('selected=')");
        Browser.Press("Enter");
        Browser.Await("document.querySelector('.details h2')?.innerText.includes('10.9.9.')");
        Browser.Press("End");
        Browser.Await($"Number({Selected}?.getAttribute('aria-rowindex')) > 60 && {Selected}.getBoundingClientRect().bottom <= innerHeight");
        Browser.Press("Escape");
        Browser.Await("!document.querySelector('.details') && !location.search.includes('selected=') && document.activeElement.matches('.grid')");
        Browser.Press("?");
        Browser.Await("document.querySelector('dialog.help')?.open");
        Browser.Press("Escape");
        Browser.Await("!document.querySelector('dialog')");
        NothingIsWrong();
    }

    [RootFact]
    public void DarkAndLightFollowTheSystemOrAKey()
    {
        const string Paper = "getComputedStyle(document.body).backgroundColor";
        Browser.Prefer("dark");
        Open("");
        Browser.Await($"{Paper} === 'rgb(14, 18, 23)'");
        Browser.Prefer("light");
        Browser.Await($"{Paper} === 'rgb(246, 248, 250)'");
        Browser.Press("t");
        Browser.Await($"{Paper} === 'rgb(14, 18, 23)'");
        Browser.Press("t");
        Browser.Await($"{Paper} === 'rgb(246, 248, 250)'");
        NothingIsWrong();
    }

    [RootFact]
    public void AnInterfaceNarrowsTheView()
    {
        Open("");
        Browser.Evaluate(
            """
            globalThis.colours = new Set();
            const stroke = CanvasRenderingContext2D.prototype.stroke;
            CanvasRenderingContext2D.prototype.stroke = function (...way) { colours.add(this.strokeStyle); stroke.apply(this, way); };
            const probe = document.createElement("canvas").getContext("2d");
            document.querySelector(".chart").style.color = "var(--chosen)";
            probe.fillStyle = getComputedStyle(document.querySelector(".chart")).color;
            globalThis.chosen = probe.fillStyle;
            0
            """);
        Browser.Await("[...document.querySelectorAll('.interface .name')].some(name => name.innerText === 'lo')");
        Browser.Await("colours.size > 0");
        Assert.Equal("false", Browser.Text("colours.has(chosen)"));
        Browser.Evaluate("[...document.querySelectorAll('.interface')].find(one => one.innerText.startsWith('lo')).click()");

        Browser.Await("location.search === '?interface=lo' && !document.querySelector('.rows').innerText.includes('left')");
        Browser.Await("document.querySelector('.key.chosen') && colours.has(chosen)");
        NothingIsWrong();
    }

    [RootTheory]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><svg onload=alert(1)>")]
    [InlineData("' autofocus onfocus=alert(1) x='")]
    [InlineData("{{constructor.constructor('alert(1)')()}}")]
    [InlineData("\u202egnp.exe \u0000\u001b[31m \ud83d\ude00")]
    public void HostileTextStaysText(string text)
    {
        Open("?filter=" + Uri.EscapeDataString(text) + "&interface=" + Uri.EscapeDataString(text) + "&selected=" + Uri.EscapeDataString(text));

        Browser.Await("document.querySelector('#problem').innerText.length > 0");
        Assert.Equal("0", Browser.Text("document.querySelectorAll('img, script:not([src]), iframe, [onload], [onerror], [onfocus]').length"));
        NothingIsWrong();
    }

    [RootFact]
    public void TheBrowserItselfRefusesMarkupMadeOfText()
    {
        Open("");

        Assert.Equal("TypeError", Browser.Text("(() => { try { document.body.innerHTML = '<b>'; return 'taken'; } catch (refusal) { return refusal.name; } })()"));
    }

    [RootTheory]
    [InlineData("light", "")]
    [InlineData("dark", "?paused=1")]
    [InlineData("dark", "?filter=tcp+and+prt")]
    public void AccessibilityRulesAreKept(string scheme, string query)
    {
        Browser.Prefer(scheme);
        Open(query);
        Browser.Await("document.querySelector('.status').innerText.length > 0 && document.querySelector('.tile')");
        if (!query.Contains("prt", StringComparison.Ordinal))
        {
            Browser.Await($"{Rows} > 10");
            Browser.Press("j");
            Browser.Press("Enter");
            Browser.Await("document.querySelector('.details')");
        }

        Assert.Equal("", Browser.Violations());
    }

    /// <summary>Makes docs/images/page.png when RHEO_PICTURE names a file; else it only looks that one can be made.</summary>
    [RootFact]
    public void ItCanBePictured()
    {
        Browser.Prefer("dark");
        Open("");
        Browser.Await($"{Rows} > 10");
        if (Environment.GetEnvironmentVariable("RHEO_PICTURE") is { Length: > 0 } path)
        {
            Thread.Sleep(TimeSpan.FromSeconds(40));
            Browser.Press("j");
            Browser.Press("j");
            Thread.Sleep(1500);
            File.WriteAllBytes(path, Browser.Picture());
        }

        Assert.True(Browser.Picture().Length > 10_000);
    }

    private void Open(string query)
    {
        Browser.Forget();
        Browser.Open(PageFixture.Address + query);
        Browser.Await("document.querySelector('.grid')");
    }

    private void NothingIsWrong() => Assert.Equal("", string.Join('\n', Browser.Complaints));
}
