package catalog

import (
	"context"
	"slices"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/sheet"
)

var (
	selBundles  = db.NewSQL(`SELECT bundle_id, component_id, valid_from, quantity, valid_to FROM catalog_bundle`)
	lockBundles = db.NewSQL(`LOCK TABLE catalog_bundle IN SHARE ROW EXCLUSIVE MODE`)
	setRecipe   = db.Upsert("catalog_bundle", "bundle_id bigint, component_id bigint, valid_from bigint, quantity bigint, valid_to bigint", 3,
		"quantity = excluded.quantity, valid_to = excluded.valid_to")
)

// recipe is a row of the bundle file whose SKUs are found.
type recipe struct {
	row  int
	at   span
	says terms
}

// ImportBundles reads a bundle file. Its unit is the line: a component of a bundle from a moment on. A line that
// is known is changed, none is removed: a component leaves a bundle by its valid_to. Both SKUs must exist; the optional
// column owner says whose they are. Circles and bundles more than Depth deep are refused, and so are two lines
// of one component that hold at the same time; the order of the rows does not matter. dryRun and progress are as in ImportSKUs.
//
// Rejections besides those of sheet: catalog.sku_unknown, catalog.sku_ambiguous, catalog.bundle_circle,
// catalog.bundle_depth, catalog.recipe_overlap, catalog.valid_to, catalog.duplicate_recipe.
func (s *Service) ImportBundles(ctx context.Context, r *sheet.Reader, dryRun bool, progress func(done int)) (sheet.Answer, error) {
	var answer sheet.Answer
	if err := r.Expect(bundleFile); err != nil {
		return answer, err
	}
	var list []recipe
	for end := false; !end; {
		rows, last, err := readChunk(r, &answer, recipeOf)
		if err != nil {
			return answer, err
		}
		found, err := s.resolve(ctx, rows, &answer)
		if err != nil {
			return answer, err
		}
		list = append(list, found...)
		if progress != nil {
			progress(answer.Rows)
		}
		end = last
	}
	err := s.keepRecipes(ctx, list, dryRun, &answer)
	sheet.SortRejections(answer.Rejected)
	return answer, err
}

// resolve finds the SKUs that rows name. A component is looked for among the goods of the bundle's owner first.
func (s *Service) resolve(ctx context.Context, rows []recipeRow, answer *sheet.Answer) ([]recipe, error) {
	var codes []string
	for _, r := range rows {
		codes = append(codes, r.bundle, r.component)
	}
	var named map[string][]SKU
	err := s.db.View(ctx, func(tx *db.Tx) (err error) { named, err = owners(tx, selByCodes, codes); return err })
	if err != nil {
		return nil, err
	}
	var out []recipe
	for _, r := range rows {
		bundle, missing := pick(named, "bundle_sku", r.bundle, r.owner, r.owner)
		component, absent := pick(named, "component_sku", r.component, r.owner, bundle.Owner)
		if f := fault.Join(missing, absent); f != nil {
			answer.Rejected = append(answer.Rejected, sheet.Reject(r.number, f)...)
			continue
		}
		out = append(out, recipe{r.number, span{bundle.ID, component.ID, r.from}, r.terms})
	}
	return out, nil
}

// pick chooses the SKU that a row means: of the owner it says, otherwise as ByCodes does.
func pick(named map[string][]SKU, field, code, owner, preferred string) (SKU, *fault.Fault) {
	list := named[code]
	if owner != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(s SKU) bool { return s.Owner != owner })
	}
	if len(list) == 0 {
		return SKU{}, fault.Invalidf(field, "catalog.sku_unknown", "there is no SKU %s; import the catalogue first", code).With("sku", code)
	}
	sku, ok := choose(list, preferred)
	if !ok {
		return SKU{}, fault.Invalidf(field, "catalog.sku_ambiguous", "%d owners have a SKU %s; say which one in the column owner", len(list), code).
			With("sku", code).With("owners", len(list))
	}
	return sku, nil
}

// keepRecipes decides about all lines and writes what changes, in one transaction: whether a line makes a circle depends
// on every other, so nobody else may add one between the look and the writing.
func (s *Service) keepRecipes(ctx context.Context, list []recipe, dryRun bool, answer *sheet.Answer) error {
	var v recipeVerdict
	decide := func(tx *db.Tx) error {
		book, err := readCookbook(tx)
		if err == nil {
			v = book.judge(list)
		}
		return err
	}
	var err error
	if dryRun {
		err = s.db.View(ctx, decide)
	} else {
		err = s.db.Update(ctx, func(tx *db.Tx) error {
			if err := lockRecipes(tx); err != nil {
				return err
			}
			if err := decide(tx); err != nil {
				return err
			}
			v.write(tx)
			return nil
		})
	}
	if err != nil {
		return err
	}
	created := v.created()
	answer.Created += created
	answer.Updated += len(v.changes) - created
	answer.Unchanged += v.unchanged
	for _, r := range v.refused {
		answer.Rejected = append(answer.Rejected, sheet.Reject(r.row, r.fault)...)
	}
	return nil
}

// lockRecipes keeps others from adding recipes until the transaction ends; they may be read meanwhile. On SQLite
// there is one writer anyway.
func lockRecipes(tx *db.Tx) error {
	if !tx.Postgres() {
		return nil
	}
	_, err := tx.Exec(lockBundles)
	return err
}

func readCookbook(tx *db.Tx) (*cookbook, error) {
	book := newCookbook()
	rows := tx.Query(selBundles)
	for rows.Next() {
		var at span
		var t terms
		rows.Scan(&at.bundle, &at.component, &at.from, &t.quantity, &t.to)
		book.add(at, t)
	}
	return book, rows.Close()
}

func (v *recipeVerdict) created() (n int) {
	for _, c := range v.changes {
		if c.fresh {
			n++
		}
	}
	return n
}

func (v *recipeVerdict) write(tx *db.Tx) {
	for _, c := range v.changes {
		tx.Put(setRecipe, c.bundle, c.component, c.from, c.quantity, c.to)
	}
	created := v.created()
	emit(tx, "bundles", created, len(v.changes)-created)
}
