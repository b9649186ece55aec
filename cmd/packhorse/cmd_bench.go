package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/check"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/sheet"
	"github.com/packhorse/packhorse/test/load"
	"github.com/packhorse/packhorse/test/load/ceiling"
)

// benchCmd groups the measurements. Each measures the raw ceiling of this machine in the same run: figures of
// two runs on a shared machine do not compare.
type benchCmd struct {
	Life   benchLifeCmd  `cmd:"" help:"Whole order lives through the public HTTP API, against the raw ceiling."`
	HotSKU benchHotCmd   `cmd:"" name:"hot-sku" help:"Many buyers of one SKU."`
	Reads  benchReadsCmd `cmd:"" help:"Reads and writes with a long history."`

	History benchHistoryCmd `cmd:"" help:"Write a company with a long history into a folder that stays, to look at its screens."`
}

// benchPlace is where a measurement keeps its data: a folder that is removed, or a schema that is dropped.
type benchPlace struct {
	DB   string `name:"db" help:"PostgreSQL instead of SQLite." placeholder:"postgres://…"`
	JSON bool   `name:"json" help:"The last line of the output is one JSON object."`
}

// ground is a fresh installation for one measurement.
type ground struct {
	dir     string
	url     string
	company string
}

func (p benchPlace) ground() (*ground, error) {
	dir, err := os.MkdirTemp("", "packhorse-bench-")
	if err != nil {
		return nil, err
	}
	return &ground{dir: dir, url: p.DB, company: fmt.Sprintf("bench%d", os.Getpid())}, nil
}

func (g *ground) config() config.Config {
	cfg := config.Default()
	cfg.Company, cfg.LogLevel = g.company, "warn"
	if cfg.DB = g.url; g.url == "" {
		cfg.Data = filepath.Join(g.dir, "data")
	}
	return cfg
}

// place are the words that tell a command line where the data are.
func (g *ground) place() []string {
	if g.url != "" {
		return []string{"--db", g.url, "--company", g.company}
	}
	return []string{"--data", filepath.Join(g.dir, "data"), "--company", g.company}
}

func (g *ground) close(ctx context.Context) error {
	var err error
	if g.url != "" {
		err = g.drop(context.WithoutCancel(ctx))
	}
	return errors.Join(err, os.RemoveAll(g.dir))
}

func (g *ground) drop(ctx context.Context) error {
	in, err := openInstallation(ctx, g.config(), writing, "bench")
	if err != nil {
		return err
	}
	return errors.Join(in.Directory.DropCompany(ctx, g.company), in.Close())
}

// yard is the company that lives are driven in: nodes that all hold all SKUs, more than will be sold.
type yard struct{ skus, nodes int }

func (y yard) files() []struct{ kind, text string } {
	var w, l, s, c, r strings.Builder
	w.WriteString("code,name,timezone,country,province,city,lat,lng\n")
	l.WriteString("warehouse,zone,location,kind,aisle,bay,x_m,y_m,pick_seq\n")
	c.WriteString("sku,title,weight_g,length_mm,width_mm,height_mm,price\n")
	s.WriteString("warehouse,location,sku,quantity\n")
	r.WriteString("carrier,service,from_region,to_region,first_g,first_price,step_g,step_price,volumetric_divisor,days_p50,days_p90,currency\n")
	for i := range y.skus {
		fmt.Fprintf(&c, "S%05d,goods %d,%d,%d,%d,%d,10.00\n", i, i, 100+i%400, 100+i%50, 80+i%40, 20+i%30)
	}
	places := []struct {
		province, city string
		lat, lng       float64
	}{{"浙江省", "嘉兴市", 30.75, 120.75}, {"广东省", "东莞市", 23.02, 113.75}, {"四川省", "成都市", 30.57, 104.07}, {"湖北省", "武汉市", 30.59, 114.3}, {"天津市", "天津市", 39.1, 117.2}}
	for n := range y.nodes {
		at := places[n%len(places)]
		fmt.Fprintf(&w, "N%d,Node %d,Asia/Shanghai,CN,%s,%s,%f,%f\n", n, n, at.province, at.city, at.lat, at.lng)
		fmt.Fprintf(&r, "manual,standard,%s,*,1000,8.00,500,2.00,6000,%d,%d,CNY\n", at.province, 2+n, 3+n)
		for b := range 500 {
			fmt.Fprintf(&l, "N%d,A,B%03d,pick,%d,%d,%d,%d,%d\n", n, b, b/25+1, b%25+1, b/25*3, b%25+2, b+1)
		}
		for i := range y.skus {
			fmt.Fprintf(&s, "N%d,B%03d,S%05d,10000000\n", n, i%500, i)
		}
	}
	return []struct{ kind, text string }{{"warehouses", w.String()}, {"locations", l.String()}, {"catalog", c.String()}, {"stock", s.String()}, {"rates", r.String()}}
}

// fill imports the yard through the real importers.
func (y yard) fill(ctx context.Context, a *App) error {
	for _, f := range y.files() {
		r, err := sheet.Open(f.kind+".csv", strings.NewReader(f.text), int64(len(f.text)), sheet.DefaultLimits())
		if err != nil {
			return err
		}
		answer, err := a.Importer(f.kind, "", "")(ctx, r, false, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", f.kind, err)
		}
		if len(answer.Rejected) > 0 {
			return fmt.Errorf("%s row %d: %s", f.kind, answer.Rejected[0].Row, answer.Rejected[0].Message)
		}
	}
	return nil
}

type benchLifeCmd struct {
	benchPlace
	Orders  int `help:"How many lives." default:"10000"`
	Clients int `help:"How many clients at the same time." default:"64"`
	Batch   int `help:"Orders in one request." default:"1"`
}

type lifeReport struct {
	OrdersPerSecond  float64                     `json:"orders_per_s"`
	CeilingPerSecond float64                     `json:"ceiling_orders_per_s"`
	Ratio            float64                     `json:"ratio"`
	RowsPerOrder     float64                     `json:"rows_per_order"`
	FsyncPerSecond   float64                     `json:"fsync_per_s"`
	Stages           map[string]load.Percentiles `json:"stage_ms"`
	RSSMiB           float64                     `json:"rss_mib"`
	Oversold         int64                       `json:"oversold"`
	Check            string                      `json:"check"`
	Orders           int                         `json:"orders"`
	Clients          int                         `json:"clients"`
	Batch            int                         `json:"batch"`
	Engine           string                      `json:"engine"`
}

// Run measures the ceiling before and after the lives and takes their mean: the machine drifts.
func (c *benchLifeCmd) Run(ctx context.Context) (err error) {
	if c.Orders < 1 || c.Clients < 1 || c.Batch < 1 || c.Batch > 500 {
		return errors.New("--orders and --clients are above 0, --batch is 1 to 500")
	}
	g, err := c.ground()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close(ctx)) }()
	r := lifeReport{Orders: c.Orders, Clients: c.Clients, Batch: c.Batch, Engine: engineName(c.DB), FsyncPerSecond: ceiling.Fdatasync(g.dir)}
	before, err := c.ceiling(ctx, g)
	if err != nil {
		return err
	}
	y := yard{skus: 10_000, nodes: 5}
	key, err := prepare(ctx, g, y)
	if err != nil {
		return err
	}
	if err := c.drive(ctx, g, y, key, &r); err != nil {
		return err
	}
	after, err := c.ceiling(ctx, g)
	if err != nil {
		return err
	}
	r.CeilingPerSecond = (before + after) / 2
	r.Ratio = r.OrdersPerSecond / r.CeilingPerSecond
	if err := r.prove(ctx, g); err != nil {
		return err
	}
	return c.say(r)
}

func engineName(url string) string {
	if url != "" {
		return "postgres"
	}
	return "sqlite"
}

const ceilingOrders = 10_000

func (c *benchLifeCmd) ceiling(ctx context.Context, g *ground) (float64, error) {
	if c.DB != "" {
		l, err := ceiling.Postgres(ctx, c.DB, ceilingOrders, 0, 0)
		return l.OrdersPerSecond, err
	}
	dir, err := os.MkdirTemp(g.dir, "ceiling-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	l, err := ceiling.SQLite(ctx, dir, ceilingOrders, 0)
	return l.OrdersPerSecond, err
}

// prepare fills a new company and makes a key for it.
func prepare(ctx context.Context, g *ground, y yard) (key string, err error) {
	a, err := Open(ctx, g.config())
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := y.fill(ctx, a); err != nil {
		return "", err
	}
	return a.Installation.Directory.CreateKey(ctx, a.Company.Name, "bench", []access.Scope{access.Everything})
}

func (c *benchLifeCmd) drive(ctx context.Context, g *ground, y yard, key string, r *lifeReport) error {
	s, err := startServer(ctx, g)
	if err != nil {
		return err
	}
	defer s.stop()
	rows, err := s.metric("packhorse_rows_written_total")
	if err != nil {
		return err
	}
	l, err := load.DriveLives(ctx, load.LifeRun{Base: s.url, Key: key, Orders: c.Orders, Clients: c.Clients, Batch: c.Batch, SKUs: y.skus, Seed: 1})
	if err != nil {
		return err
	}
	written, err := s.metric("packhorse_rows_written_total")
	r.OrdersPerSecond, r.Stages = l.PerSecond, l.Stages
	r.RowsPerOrder = (written - rows) / float64(c.Orders)
	r.RSSMiB = s.memory()
	return err
}

// prove runs the full check and looks for a balance that promises more than it has.
func (r *lifeReport) prove(ctx context.Context, g *ground) error {
	a, err := openCompany(ctx, g.config(), reading, "bench")
	if err != nil {
		return err
	}
	defer a.Close()
	report, err := check.Run(ctx, a.DB, check.Options{})
	if err != nil {
		return err
	}
	r.Check = "clean"
	if !report.Clean {
		r.Check = fmt.Sprintf("%d findings, first: %s %s", len(report.Findings), report.Findings[0].Class, report.Findings[0].Message)
	}
	for _, f := range report.Findings {
		if f.Class == "oversold" {
			r.Oversold++
		}
	}
	return nil
}

func (c *benchLifeCmd) say(r lifeReport) error {
	if c.JSON {
		return printJSON(r)
	}
	fmt.Printf("%s, %d orders, %d clients, %d a request\n", r.Engine, r.Orders, r.Clients, r.Batch)
	fmt.Printf("  %.0f orders/s, %.0f %% of the ceiling of %.0f; %.0f rows an order; disk %.0f fsync/s; server %.0f MiB\n",
		r.OrdersPerSecond, 100*r.Ratio, r.CeilingPerSecond, r.RowsPerOrder, r.FsyncPerSecond, r.RSSMiB)
	for _, s := range []string{"create", "review", "allocate", "release", "pick", "pack", "ship"} {
		fmt.Printf("  %-9s p50 %6.2f ms  p99 %6.2f ms\n", s, r.Stages[s].P50, r.Stages[s].P99)
	}
	fmt.Printf("  oversold %d, check %s\n", r.Oversold, r.Check)
	return nil
}

// child is a server of our own, run as a user would.
type child struct {
	cmd *exec.Cmd
	url string
}

func startServer(ctx context.Context, g *ground) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"serve", "--listen", "127.0.0.1:0", "--json", "--log-level", "warn"}, g.place()...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var said struct{ URL string }
	if err == nil {
		err = json.Unmarshal(line, &said)
	}
	c := &child{cmd: cmd, url: said.URL}
	if err != nil {
		c.stop()
		return nil, fmt.Errorf("the server did not start: %w", err)
	}
	return c, nil
}

func (c *child) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan struct{})
	go func() { _ = c.cmd.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(15 * time.Second):
		_ = c.cmd.Process.Kill()
	}
}
